"""The tables of tokens hold a third of a small model and a thirtieth of a large one; a larger vocabulary raises that.

Topic: tokens
Source: configs of the models; Radford et al. 2019, Devlin et al. 2019, Touvron et al. 2023b, Grattafiori et al. 2024
Refutes: "Weight tying always saves a good part of the weights": in Llama 3 70B it would save 1.5 %

A table has one vector of width d for each of V tokens; GPT-2, BERT and Llama 3.2 1B use one for input and output, the
others two. All other weights grow as layers times d squared, so the share falls as models grow and rises with V. Every
matrix is counted, and held against the published totals where the weights of the model are public.
"""

from typing import Annotated, NamedTuple

from numpy.random import Generator

from quiz.proofs._demo import Bars, Cost, Demo, Found, Lines, Measurement, Parameter, mutant


class Model(NamedTuple):
    V: int
    d: int
    layers: int
    d_ff: int
    kv: int  # width of keys and values: d unless queries are grouped
    tables: int
    positions: int = 0  # learnt positions, and BERT's two kinds of sentence
    pooler: bool = False

    def others(self) -> int:
        """All weights but those of the token tables."""
        _, d, layers, d_ff, kv, *_ = self
        if self.positions:  # biases, LayerNorms with two vectors, an FFN of two matrices
            layer = 4 * d * d + 2 * d * d_ff + 4 * d + d_ff + d + 4 * d
            return self.positions * d + layers * layer + 2 * d + (d * d + d) * self.pooler
        return layers * (2 * d * d + 2 * d * kv + 3 * d * d_ff + 2 * d) + d


MODELS = {
    "GPT-2 small": Model(50257, 768, 12, 3072, 768, 1, positions=1024),
    "BERT base": Model(30522, 768, 12, 3072, 768, 1, positions=514, pooler=True),
    "Llama 3.2 1B": Model(128256, 2048, 16, 8192, 512, 1),
    "Llama 2 7B": Model(32000, 4096, 32, 11008, 4096, 2),
    "Llama 3 8B": Model(128256, 4096, 32, 14336, 1024, 2),
    "Llama 3 70B": Model(128256, 8192, 80, 28672, 1024, 2),
}
PUBLISHED = {"GPT-2 small": 124_439_808, "BERT base": 109_482_240, "Llama 3.2 1B": 1_235_814_400}
PUBLISHED |= {"Llama 2 7B": 6_738_415_616, "Llama 3 8B": 8_030_261_248, "Llama 3 70B": 70_553_706_496}


def measure(
    rng: Generator,
    *,
    vocabulary: Annotated[int, Parameter(64000, 512000, "tokens")] = 128256,
    tables: int | None = None,
    grouped: bool = True,
) -> Found:
    models = {name: m._replace(tables=tables or m.tables, kv=m.kv if grouped else m.d) for name, m in MODELS.items()}
    held = {name: m.tables * m.V * m.d for name, m in models.items()}
    total = {name: held[name] + m.others() for name, m in models.items()}
    share = {name: 100 * held[name] / total[name] for name in models}
    wrong = sum(total[name] != PUBLISHED[name] for name in models)
    eight = models["Llama 3 8B"]

    def with_vocabulary(m: Model, V: int) -> float:
        return 100 * m.tables * V * m.d / (m.tables * V * m.d + m.others())

    sizes = [16000, 32000, 64000, 128256, 256000, 512000]
    curves = {
        name: (sizes, [with_vocabulary(models[name], V) for V in sizes])
        for name in ("GPT-2 small", "Llama 3 8B", "Llama 3 70B")
    }
    extra = eight.tables * (vocabulary - 32000) * eight.d / 1e6
    return Found(
        [
            Measurement("totals unlike the published ones", wrong, "=", 0, "six models, to the last weight", "models"),
            Measurement(
                "GPT-2 small", share["GPT-2 small"], "between", (31.0, 31.1), "38.6 M of 124.4 M, one table", "%"
            ),
            Measurement("BERT base", share["BERT base"], "between", (21.4, 21.5), "23.4 M of 109.5 M, one table", "%"),
            Measurement(
                "Llama 3.2 1B", share["Llama 3.2 1B"], "between", (21.2, 21.3), "263 M of 1,236 M, one table", "%"
            ),
            Measurement("Llama 2 7B", share["Llama 2 7B"], "between", (3.8, 3.9), "262 M of 6,738 M, two tables", "%"),
            Measurement(
                "Llama 3 8B", share["Llama 3 8B"], "between", (13.0, 13.1), "1,051 M of 8,030 M, two tables", "%"
            ),
            Measurement(
                "Llama 3 70B", share["Llama 3 70B"], "between", (2.9, 3.0), "2.1 of 70.6 billion, two tables", "%"
            ),
            Measurement(
                "tying would save in Llama 3 70B", share["Llama 3 70B"] / 2, "<", 2, "one table of the two", "%"
            ),
            Measurement("8B, weights more than with 32,000 tokens", extra, ">", 260, "2 d for each further token", "M"),
        ],
        [
            Bars("Share of the token tables", list(share.items()), unit="%"),
            Lines("Share by size of the vocabulary", curves, "vocabulary", "%", log_x=True),
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("all-tied", "one table for input and output in every model", tables=1),
        mutant("all-untied", "two tables in every model", tables=2),
        mutant("full-kv", "W_K and W_V as wide as W_Q where queries are grouped", grouped=False),
    ],
    learnt="V d a table against about 12 d^2 a layer: small models feel their vocabulary, large ones hardly do.",
    not_shown="What a table costs in time: a step reads few rows of the input table and the whole output matrix.",
    cost=lambda vocabulary: Cost(bytes=1e5, seconds=1e-3),
)
