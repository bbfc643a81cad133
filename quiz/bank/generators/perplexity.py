"""Perplexity of a short text from the probabilities that a model gave its tokens.

Source: Jurafsky and Martin, Speech and Language Processing (3rd ed. draft), chapter 3; Jelinek et al. 1977.
"""

import random
from collections.abc import Mapping
from math import exp, fsum, log, prod
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw
from quiz.bank.quantity import figure

FORMULA = r"$$\text{PPL} = \left(\prod_{i=1}^{n} p_i\right)^{-1/n} = \exp\left(-\frac{1}{n} \sum_i \ln p_i\right)$$"


def draw(rng: random.Random) -> Draw:
    """Three or four tokens with probabilities from 0.01 to 0.8."""
    probabilities = (0.5, 0.25, 0.125, 0.1, 0.05, 0.2, 0.4, 0.02, 0.01, 0.8)
    return worked({"probabilities": rng.sample(probabilities, rng.choice((3, 4)))})


def worked(params: Mapping[str, Any]) -> Draw:
    """The geometric mean of 1/p."""
    probabilities = params["probabilities"]
    n = len(probabilities)
    loss = -fsum(map(log, probabilities)) / n
    answer = Amount(exp(loss))
    question = (
        f"A language model gives the {n} tokens of a text the probabilities "
        f"{', '.join(f'{p:g}' for p in probabilities)}. What is its perplexity on this text?"
    )
    working = (
        f"{FORMULA}\n\nProduct: {figure(prod(probabilities))}. Mean loss: {figure(loss)} nats. Perplexity: "
        f"{figure(prod(probabilities))} to the power -1/{n} = **{answer}**, the geometric mean of 1/p"
    )
    return Draw(dict(params), question, (answer,), working)
