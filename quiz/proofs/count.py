"""A config says exactly how many weights a model has: eight published counts, to the last one.

Topic: scaling
Source: configs and weight files of the eight models; Radford et al. 2019, Devlin et al. 2019, Touvron et al. 2023
Refutes: "Counting from the config gives an estimate": listed with biases, norms and tables, it gives the very integer

Every matrix and vector of each model is listed by its shape and counted. GPT-2, BERT and T5 use one table for input
and output, the LLaMA family one for each. GPT-2 and BERT have biases and LayerNorms of two vectors, the others no
biases and RMSNorms of one; T5 adds 32 x 12 position biases to each stack, BERT its pooler. LLaMA's FFN has three
matrices, grouped queries make W_K and W_V narrower, and a mixture holds eight FFNs and a router in each layer.
"""

from collections.abc import Mapping, Sequence
from math import prod

from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Heatmap, Measurement, mutant

Shapes = Mapping[str, Sequence[tuple[int, ...]]]


def gpt2() -> Shapes:
    V, n, d, N = 50257, 1024, 768, 12
    return {
        "tables": [(V, d), (n, d)],
        "attention": [(d, d)] * 4 * N,
        "FFN": [(d, 4 * d), (4 * d, d)] * N,
        "biases": [*[(d,)] * 4, (4 * d,), (d,)] * N,
        "norms": [(d,)] * 2 * (2 * N + 1),  # the last one before the output
    }


def bert() -> Shapes:
    V, n, d, N = 30522, 512, 768, 12
    return {
        "tables": [(V, d), (n, d), (2, d)],  # words, positions, sentence A or B
        "attention": [(d, d)] * 4 * N,
        "FFN": [(d, 4 * d), (4 * d, d)] * N,
        "biases": [*[(d,)] * 4, (4 * d,), (d,)] * N,
        "norms": [(d,)] * 2 * (2 * N + 1),  # the first one after the embeddings
        "pooler": [(d, d), (d,)],
    }


def t5() -> Shapes:
    V, d, d_ff, N, h, buckets = 32128, 768, 3072, 12, 12, 32
    return {
        "tables": [(V, d)],
        "attention": [*[(d, d)] * 4 * 3 * N, *[(buckets, h)] * 2],  # encoder, decoder, decoder to encoder
        "FFN": [(d, d_ff), (d_ff, d)] * 2 * N,
        "norms": [(d,)] * (2 * N + 1 + 3 * N + 1),
    }


def llama(d: int, N: int, d_ff: int, *, V: int, kv: int, tables: int, matrices: int, experts: int = 1) -> Shapes:
    """`kv` is the width of W_K and W_V; a router, where there are several experts, has one column for each."""
    return {
        "tables": [(V, d)] * tables,
        "attention": [(d, d), (d, kv), (d, kv), (d, d)] * N,
        "FFN": [(d, d_ff)] * matrices * experts * N,
        "router": [(d, experts)] * N if experts > 1 else [],
        "norms": [(d,)] * (2 * N + 1),
    }


PUBLISHED = {
    "GPT-2": 124_439_808,
    "BERT-base": 109_482_240,
    "T5-base": 222_903_552,
    "LLaMA-7B": 6_738_415_616,
    "Llama-2-70B": 68_976_648_192,
    "Llama-3-8B": 8_030_261_248,
    "Mistral-7B": 7_241_732_096,
    "Mixtral-8x7B": 46_702_792_704,
}
BECAUSE = {
    "GPT-2": "121,344 less without its biases and norms",
    "BERT-base": "590,592 less without the pooler",
    "T5-base": "768 of them are the position biases",
    "LLaMA-7B": "131,072,000 less if the tables were tied",
    "Llama-2-70B": "W_K and W_V are 1,024 wide, not 8,192",
    "Llama-3-8B": "two tables of 128,256 tokens are 13 % of it",
    "Mistral-7B": "three matrices of 4,096 x 14,336 per FFN",
    "Mixtral-8x7B": "only the FFN is there eight times; 1,048,576 route",
}


def measure(rng: Generator, *, forgotten: str = "", tables: int = 2, matrices: int = 3, grouped: bool = True) -> Found:
    def family(d: int, N: int, d_ff: int, V: int = 32000, kv: int = 1024, experts: int = 1) -> Shapes:
        width = kv if grouped else d
        return llama(d, N, d_ff, V=V, kv=width, tables=tables, matrices=matrices, experts=experts)

    models = {
        "GPT-2": gpt2(),
        "BERT-base": bert(),
        "T5-base": t5(),
        "LLaMA-7B": family(4096, 32, 11008, kv=4096),
        "Llama-2-70B": family(8192, 80, 28672),
        "Llama-3-8B": family(4096, 32, 14336, V=128256),
        "Mistral-7B": family(4096, 32, 14336),
        "Mixtral-8x7B": family(4096, 32, 14336, experts=8),
    }
    counts = {
        name: {part: sum(map(prod, listed)) for part, listed in shapes.items() if part != forgotten}
        for name, shapes in models.items()
    }
    total = {name: sum(parts.values()) for name, parts in counts.items()}
    parts = ["tables", "attention", "FFN"]
    percent = [[round(100 * counts[name][part] / total[name]) for part in parts] for name in models]
    return Found(
        [Measurement(name, total[name], "=", PUBLISHED[name], BECAUSE[name], "weights") for name in models],
        [Heatmap("Share of all weights (%)", percent, list(models), parts)],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("no-biases", "the biases of GPT-2 and BERT are not counted", forgotten="biases"),
        mutant("no-norms", "the vectors of the norms are not counted", forgotten="norms"),
        mutant("no-pooler", "BERT without the pooler over its first token", forgotten="pooler"),
        mutant("no-router", "Mixtral without the matrices that choose the experts", forgotten="router"),
        mutant("tied", "one table for input and output in the LLaMA family too", tables=1),
        mutant("two-matrix-ffn", "an FFN of two matrices where SwiGLU has three", matrices=2),
        mutant("full-kv", "W_K and W_V as wide as W_Q where queries are grouped", grouped=False),
    ],
    learnt="List the shapes and say what is tied, biased and grouped: the count then is exact, not an estimate.",
    not_shown="What the weights are good for, and how many of them a token passes: see moe-active.",
    cost=lambda: Cost(bytes=2e5, seconds=2e-3),
)
