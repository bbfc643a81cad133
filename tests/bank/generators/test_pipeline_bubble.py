from tests.bank.generators.draws import close, sample, two_hundred


def idle(stages: int, micro_batches: int) -> float:
    """The share of slots in which stages wait, by walking through the forward schedule."""
    busy = {(stage, stage + micro) for stage in range(stages) for micro in range(micro_batches)}
    slots = 1 + max(slot for _, slot in busy)
    return 1 - len(busy) / (stages * slots)


def test_the_schedule_slot_by_slot() -> None:
    for p, (percent,) in two_hundred("pipeline-bubble"):
        assert close(percent, 100 * idle(**p))


def test_the_sample_of_the_syllabus() -> None:
    assert round(sample("pipeline-bubble", stages=8, micro_batches=4)[0], 1) == 63.6
