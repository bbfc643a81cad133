"""Training costs 6 FLOPs for each weight and token, and what the rule leaves out is 3 % of GPT-3, but 14 % of GPT-2.

Topic: scaling
Source: Kaplan et al. 2020, §2.1 and table 1; Brown et al. 2020, appendix D; the backward pass is counted here
Refutes: "6 N D is the compute": attention scores are left out, and grow with the length until they are the larger part

A matrix product of n tokens costs a multiplication and an addition for each weight and token. Backwards there are
two such products: one for the gradient of the weights, one for that of the input. The experiment runs a stack of layers
and adds up what its products cost. Then it counts the exact forward FLOPs of published models at their training
length (all n x n scores, and the logits) against 2 N, where N are all weights, embeddings included.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, matrix, relative


class Model(NamedTuple):
    layers: int
    d: int
    n: int
    V: int
    weights: float
    ffn: float
    """Weights of one feed-forward layer."""


GPT2 = Model(12, 768, 1024, 50257, 124_439_808, 8 * 768**2)
GPT3 = Model(96, 12288, 2048, 50257, 174.6e9, 8 * 12288**2)
LLAMA = Model(32, 4096, 2048, 32000, 6_738_415_616, 3 * 4096 * 11008)


def measure(
    rng: Generator,
    *,
    tokens: Annotated[int, Parameter(4, 256)] = 32,
    operations: int = 2,
    scores: int = 4,
    weight_gradient: bool = True,
) -> Found:
    spent = 0

    def product(A: Array, B: Array) -> Array:
        """A B, (a, b) x (b, c), whose multiplications and additions are counted."""
        nonlocal spent
        spent += operations * A.shape[0] * A.shape[1] * B.shape[1]
        return A @ B

    def over(model: Model, n: int) -> float:
        """Forward FLOPs of a token, attention and logits included, against 2 N."""
        matrices = model.layers * (4 * model.d**2 + model.ffn) + model.d * model.V
        return (operations * matrices + scores * model.layers * n * model.d) / (2 * model.weights)

    Ws = [matrix(rng, 32, 32) for _ in range(4)]
    X = [rng.normal(size=(tokens, 32))]
    for W in Ws:
        X.append(product(X[-1], W))
    forward, dY, dWs = spent, X[-1], []
    for W, x in zip(reversed(Ws), reversed(X[:-1]), strict=True):
        dWs.append(product(x.T, dY) if weight_gradient else np.zeros_like(W))
        dY = product(dY, W.T)
    per_weight = spent / (4 * 32 * 32 * tokens)

    eps, W = 1e-5, Ws[0].copy()
    W[0, 0] += eps
    moved = np.sum((X[0] @ W @ Ws[1] @ Ws[2] @ Ws[3]) ** 2 - X[-1] ** 2) / 2 / eps
    wrong = relative(np.array([dWs[-1][0, 0]]), np.array([moved]))

    large, small, llama, long = over(GPT3, 2048), over(GPT2, 1024), over(LLAMA, 2048), over(LLAMA, 32768)
    days = 3 * operations * GPT3.weights * 300e9 / 1e15 / 86400
    lengths = [1024, 2048, 4096, 8192, 16384, 32768, 65536]
    curves = {name: (lengths, [over(m, n) for n in lengths]) for name, m in (("LLaMA-7B", LLAMA), ("GPT-3", GPT3))}
    return Found(
        [
            Measurement("FLOPs a weight and token, both passes", per_weight, "=", 6, "2 forward, 4 backward"),
            Measurement("backward against forward", spent / forward - 1, "=", 2, "two products for each one"),
            Measurement("gradient against a difference", wrong, "<", 0.02, "the products counted are the right ones"),
            Measurement("forward / 2N, GPT-3", large, "between", (1.026, 1.029), "attention adds 9.7 of 349 G"),
            Measurement(
                "forward / 2N, LLaMA-7B", llama, "between", (1.055, 1.065), "8 % attention, less the input table"
            ),
            Measurement("forward / 2N, GPT-2", small, "between", (1.14, 1.15), "short and narrow: scores weigh more"),
            Measurement("forward / 2N, LLaMA-7B at 32,768", long, "between", (2.2, 2.3), "16 times the scores"),
            Measurement("GPT-3, 300 B tokens, PF-days", days, "between", (3630, 3650), "table D.1 says 3,640"),
        ],
        [Lines("Forward FLOPs over 2N", curves, "tokens", log_x=True)],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("macs", "a multiplication and its addition counted as one: 3 N D", operations=1),
        mutant("no-weight-gradient", "backwards only the input's gradient: 4 N D", weight_gradient=False),
        mutant("no-scores", "attention scores and their sums left out", scores=0),
    ],
    learnt="6 N D is 3 to 14 % low at the lengths these models were trained on; beyond, add 12 n d a layer and token.",
    not_shown="Time: a GPU reaches a part of its peak. Recomputing activations adds up to a third; experts: active N.",
    cost=lambda tokens: Cost(bytes=8 * 32 * (20 * tokens + 32 * 24), seconds=2e-3),
)
