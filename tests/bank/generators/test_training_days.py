from tests.bank.generators.draws import close, sample, shown, two_hundred


def test_days_by_way_of_petaflop_days() -> None:
    for p, (days,) in two_hundred("training-days"):
        petaflop_days = 6 * p["parameters"] * p["tokens"] / 8.64e19
        assert close(days, petaflop_days / (p["gpus"] * p["teraflops"] / 1000 * p["mfu_percent"] / 100))
        assert 2 <= days <= 730


def test_llama_65b_took_the_21_days_that_its_paper_says() -> None:
    parameters, tokens, per_gpu = 65_200_000_000, 1_400_000_000_000, 380  # tokens per second
    mfu = 100 * 6 * parameters * per_gpu / 312e12
    run = {"parameters": parameters, "tokens": tokens, "gpus": 2048, "teraflops": 312, "mfu_percent": mfu}
    assert close(sample("training-days", **run)[0], 21, 0.02)


def test_the_sample_of_the_syllabus() -> None:
    run = {"parameters": 70_000_000_000, "tokens": 2_000_000_000_000, "gpus": 256, "teraflops": 312, "mfu_percent": 50}
    assert shown("training-days", **run) == ["243.4 days"]
