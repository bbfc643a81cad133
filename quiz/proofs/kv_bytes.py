"""A token's cache takes 2 x layers x KV heads x d_k numbers: from 0.13 MB (Mistral-7B) to 4.7 MB (GPT-3) in fp16.

Topic: inference
Source: Shazeer 2019, §3; Ainslie et al. 2023 (GQA), §2; layers and heads from the models' configs and papers
Refutes: "The cache grows with the model": Llama-2-70B caches less per token than Llama-2-7B

For one token the arrays are laid out that a cache must hold, a key and a value for each KV head in each layer, in
half precision, and their bytes are summed. Queries are not cached. Llama-2-70B shares each key and value among eight
query heads; the same model with a key and a value for each of its 64 query heads is counted beside it.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import DTypeLike

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant


class Model(NamedTuple):
    N: int  # layers
    h: int  # query heads
    h_kv: int
    d_k: int = 128


MODELS = {
    "Mistral-7B": Model(32, 32, 8),
    "Llama-2-70B": Model(80, 64, 8),
    "Llama-2-7B": Model(32, 32, 32),
    "GPT-3": Model(96, 96, 96),
}
MHA = Model(80, 64, 64)  # Llama-2-70B, were its queries not grouped


def measure(
    rng: Generator,
    *,
    context: Annotated[tuple[int, ...], Parameter(1, 10_000_000, "tokens")] = (1024, 4096, 16384, 65536),
    dtype: DTypeLike = np.float16,
    kinds: tuple[str, ...] = ("K", "V"),
    grouped: bool = True,
) -> Found:
    def per_token(model: Model) -> int:
        heads = model.h_kv if grouped else model.h
        return sum(np.empty((heads, model.d_k), dtype).nbytes for _ in range(model.N) for _ in kinds)

    size = {name: per_token(model) for name, model in MODELS.items()}
    full = per_token(MHA)
    gib = size["Llama-2-70B"] * 4096 / 2**30
    curves = {name: (context, [n * size[name] / 2**30 for n in context]) for name in MODELS}
    return Found(
        [
            Measurement("Mistral-7B", size["Mistral-7B"], "=", 131_072, "2 x 32 x 8 x 128 x 2 bytes", "bytes"),
            Measurement("Llama-2-70B", size["Llama-2-70B"], "=", 327_680, "2 x 80 x 8 x 128 x 2 bytes", "bytes"),
            Measurement("Llama-2-7B", size["Llama-2-7B"], "=", 524_288, "2 x 32 x 32 x 128 x 2 bytes", "bytes"),
            Measurement("GPT-3", size["GPT-3"], "=", 4_718_592, "2 x 96 x 96 x 128 x 2 bytes", "bytes"),
            Measurement("Llama-2-70B, were it MHA", full, "=", 2_621_440, "64 KV heads for 8: eight times", "bytes"),
            Measurement("Llama-2-70B at 4,096 tokens", gib, "=", 1.25, "10 with a key for every query head", "GiB"),
        ],
        [Lines("Cache of one request (GiB)", curves, "tokens", "GiB", log_x=True, log_y=True)],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("query-heads", "a key and a value for every query head", grouped=False),
        mutant("keys-only", "the values are forgotten: half of it", kinds=("K",)),
        mutant("queries-too", "queries are cached as well, though no later token asks for them", kinds=("Q", "K", "V")),
        mutant("float32", "four bytes a number instead of two", dtype=np.float32),
    ],
    learnt="Ask for layers and KV heads, not for the size of the model: 70 B with GQA caches less than 7 B without.",
    not_shown="Paging, quantised caches, sliding windows (Mistral keeps 4,096 tokens at most), latent attention.",
    cost=lambda context: Cost(bytes=1e6, seconds=2e-3),
)
