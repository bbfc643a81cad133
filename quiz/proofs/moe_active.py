"""Of Mixtral-8x7B's 46.7 billion weights a token passes 12.9 billion, and nothing in it is 8 x 7 billion.

Topic: moe
Source: Jiang et al. 2024 (Mixtral of Experts), table 1 and §2; Jiang et al. 2023 (Mistral 7B), table 1
Refutes: "Mixtral-8x7B is eight 7B models, 56 billion weights": the FFN is there eight times, all the rest once

Mixtral is Mistral-7B with eight FFNs (experts) and a router in every layer. Attention, norms and tables are shared. All
of it must lie in memory; of the eight experts a token passes two. Each part is counted by its shape, once for what is
stored and once for what one token passes. The input table counts in full, as usual, though a token reads one row.
"""

from math import prod

from numpy.random import Generator

from quiz.proofs._demo import Bars, Cost, Demo, Found, Measurement, mutant

V, N, d, d_ff, kv, EXPERTS = 32000, 32, 4096, 14336, 1024, 8


def count(ffns: int, router: int, shared: int = 1) -> int:
    """Weights with `ffns` FFNs in a layer, a router of `router` columns and `shared` copies of all the rest."""
    tables_and_last_norm = [(V, d), (V, d), (d,)]
    attention_and_norms = [(d, d), (d, kv), (d, kv), (d, d), (d,), (d,)]
    ffn = [(d, d_ff), (d, d_ff), (d_ff, d)]
    rest = sum(map(prod, tables_and_last_norm)) + N * sum(map(prod, attention_and_norms))
    return shared * rest + N * (ffns * sum(map(prod, ffn)) + d * router)


def measure(rng: Generator, *, top: int = 2, router: int = EXPERTS, shared: int = 1) -> Found:
    stored, active = count(EXPERTS, router, shared), count(top, router)
    dense = count(1, router=0)
    share, per_model = 100 * active / stored, active / dense
    name, eight = "Mistral-7B, one FFN a layer", 8 * dense
    return Found(
        [
            Measurement("stored", stored, "=", 46_702_792_704, "the published count; 57.9 B if all were eightfold"),
            Measurement("passed by a token", active, "=", 12_879_925_248, "the paper's 13 B; 7.2 B with one expert"),
            Measurement(name, dense, "=", 7_241_732_096, "the published count of the model it grew from"),
            Measurement("passed of what is stored", share, "between", (27.5, 27.7), "more than 2 of 8: 25", "%"),
            Measurement("passed against Mistral-7B", per_model, "between", (1.75, 1.8), "not 2: only FFNs are doubled"),
            Measurement("8 x 7B stored against Mixtral", eight / stored, ">", 1.2, "57.9 B against 46.7 B"),
        ],
        [
            Bars(
                "Weights",
                [("eight Mistral-7B", eight / 1e9), ("stored", stored / 1e9), ("passed", active / 1e9)],
                unit="B",
            )
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("all-eightfold", "attention, norms and tables of its own for each expert", shared=EXPERTS),
        mutant("one-expert", "a token passes one expert instead of two", top=1),
        mutant("all-experts", "a token passes all eight experts: a dense model", top=EXPERTS),
        mutant("no-router", "the 1,048,576 weights that choose the experts are left out", router=0),
    ],
    learnt="Memory pays for 46.7 B, arithmetic for 12.9 B a token: 28 %, more than 2/8, as attention is shared.",
    not_shown="Speed: a batch of tokens touches nearly all experts (moe-touch), and the router must balance them.",
    cost=lambda: Cost(bytes=1e5, seconds=1e-3),
)
