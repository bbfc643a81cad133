"""Attention holds less than half of a Transformer's layer weights and under a third of all; the FFNs hold more.

Topic: attention
Source: Vaswani et al. 2017, table 3 (65 and 213 million weights), with §3.1-§3.4 and §5.1 for what there is to count
Refutes: "The Transformer relies solely on attention": two thirds of an encoder layer are its feed-forward network

Every matrix and vector of the base and the big model is listed by its shape and counted: six encoder layers (attention,
FFN), six decoder layers (attention, attention to the encoder's output, FFN), a LayerNorm after each sub-layer, and one
table of 37,000 vectors that serves both embeddings and the output. Biases stand in the FFN and not in attention, as
the formulas have it; positions are fixed and have no weights. Whether the list is right is seen in table 3.
"""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Annotated, NamedTuple

from numpy.random import Generator

from quiz.proofs._demo import Bars, Cost, Demo, Found, Measurement, Parameter, mutant

Shape = tuple[int, ...]


class Model(NamedTuple):
    N: int  # layers in the encoder, and as many in the decoder
    d: int
    d_ff: int


BASE, BIG = Model(6, 512, 2048), Model(6, 1024, 4096)


def shapes(model: Model, V: int, tables: int, attentions: int) -> Mapping[str, Sequence[Shape]]:
    """Shapes of all weights by part; `attentions` in a decoder layer, `tables` of V vectors."""
    N, d, d_ff = model
    sublayers = N * (2 + attentions + 1)  # encoder: attention and FFN; decoder: its attentions and FFN
    return {
        "attention": [(d, d)] * 4 * N * (1 + attentions),  # W_Q, W_K, W_V, W_O: all heads side by side
        "FFN": [(d, d_ff), (d_ff,), (d_ff, d), (d,)] * 2 * N,
        "LayerNorm": [(d,), (d,)] * sublayers,
        "embeddings": [(V, d)] * tables,
    }


def measure(
    rng: Generator,
    *,
    vocabulary: Annotated[int, Parameter(35000, 39000, "tokens")] = 37000,
    tables: int = 1,
    attentions: int = 2,
) -> Found:
    def count(model: Model) -> dict[str, int]:
        parts = shapes(model, vocabulary, tables, attentions)
        return {part: sum(map(prod, listed)) for part, listed in parts.items()}

    base, big = count(BASE), count(BIG)
    total = sum(base.values())
    encoder_attention, encoder_ffn = base["attention"] / (1 + attentions), base["FFN"] / 2
    return Found(
        [
            Measurement(
                "base model against the 65 M of table 3", 100 * (total / 65e6 - 1), "between", (-5, 5),
                "3 % below; without attention to the encoder 13 % below, with a table each 55 % above", unit="%",
            ),
            Measurement(
                "big model against the 213 M of table 3", 100 * (sum(big.values()) / 213e6 - 1), "between", (-2, 2),
                "0.6 % above; the vocabulary is only given as about 37,000", unit="%",
            ),
            Measurement(
                "attention in all but the embeddings", 100 * base["attention"] / (total - base["embeddings"]), "<", 50,
                "18 attentions of 4 d^2 against 12 FFNs of 8 d^2: 3 to 4", unit="%",
            ),
            Measurement(
                "attention in all weights", 100 * base["attention"] / total, "<", 100 / 3,
                "the table of embeddings is as large as all attention", unit="%",
            ),
            Measurement(
                "FFN in an encoder layer", 100 * encoder_ffn / (encoder_ffn + encoder_attention), ">", 66,
                "8 d^2 against 4 d^2", unit="%",
            ),
        ],
        [Bars("Weights of the base model", [(part, n / 1e6) for part, n in base.items()], unit="M")],
    )  # fmt: skip


DEMO = Demo(
    measure,
    mutants=[
        mutant("no-cross", "a decoder that does not attend to the encoder's output", attentions=1),
        mutant("untied", "a table of its own for each embedding and the output", tables=3),
    ],
    learnt="Count before you speak: 63,045,632 weights in the base model, 18,874,368 of them attention.",
    not_shown="How much each part matters: weights are no measure of that.",
    cost=lambda vocabulary: Cost(bytes=1e5, seconds=1e-3),
)
