from tests.bank.generators.draws import close, sample, two_hundred


def flops(rows: int, inner: int, columns: int) -> int:
    """Of a product (rows x inner) (inner x columns)."""
    return 2 * rows * inner * columns


def test_the_share_is_that_of_all_products_of_a_layer() -> None:
    for p, (percent,) in two_hundred("attention-flops-share"):
        n, d, ffn = p["tokens"], p["d"], p["ffn"]
        scores = flops(n, d, n) + flops(n, n, d)
        wide = (p["matrices"] - 1) * flops(n, d, ffn)
        weights = 4 * flops(n, d, d) + wide + flops(n, ffn, d)
        assert close(percent, 100 * scores / (scores + weights))


def test_llama_7b_spends_a_thirteenth_at_2048_tokens_and_half_at_24704() -> None:
    layer = {"d": 4096, "ffn": 11008, "matrices": 3}
    assert round(sample("attention-flops-share", **layer, tokens=2048)[0], 1) == 7.7
    assert close(sample("attention-flops-share", **layer, tokens=24704)[0], 50)


def test_the_sample_of_the_syllabus() -> None:
    share = sample("attention-flops-share", d=4096, ffn=11008, matrices=3, tokens=8192)
    assert round(share[0], 1) == 24.9
