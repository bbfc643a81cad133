"""The arithmetic said once in matrices is compared with slow loops, and with PyTorch where it is installed."""

from math import cos, erf, exp, inf, log, sin, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quiz.proofs import numerics as nm

numbers = st.floats(-50, 50)


@pytest.fixture
def rng():
    return np.random.default_rng(7)


def close(a, b, tolerance=1e-12):
    return nm.largest(np.asarray(a) - np.asarray(b)) < tolerance


def slow_softmax(z):
    e = [exp(v - max(z)) for v in z]
    return [v / sum(e) for v in e]


def slow_attention(Q, K, V, bias, scale):
    rows = []
    for i, q in enumerate(Q):
        scores = [sum(a * b for a, b in zip(q, k, strict=True)) * scale + bias[i][j] for j, k in enumerate(K)]
        p = slow_softmax(scores)
        rows.append([sum(p[j] * V[j][c] for j in range(len(V))) for c in range(len(V[0]))])
    return rows


@given(arrays(float, st.integers(1, 8), elements=numbers))
def test_softmax_is_the_slow_one(z):
    assert close(nm.softmax(z), slow_softmax(list(z)))


def test_softmax_of_huge_scores_does_not_overflow():
    assert close(nm.softmax(np.array([1000.0, 1001.0, 1002.0])), nm.softmax(np.array([0.0, 1.0, 2.0])))


def test_softmax_runs_over_the_axis_it_is_told(rng):
    assert close(nm.softmax(rng.normal(size=(3, 4)), axis=0).sum(axis=0), np.ones(4))


def test_a_masked_score_has_weight_zero_and_a_row_without_any_is_nan():
    assert nm.softmax(np.array([0.0, -inf, 0.0])).tolist() == [0.5, 0.0, 0.5]
    with np.errstate(invalid="ignore"):
        assert np.isnan(nm.softmax(np.array([-inf, -inf]))).all()


@given(arrays(float, st.integers(1, 8), elements=numbers))
def test_entropy_is_the_slow_one(z):
    p = nm.softmax(z)
    assert close(nm.entropy(p), -sum(v * log(v) for v in p if v > 0))


def test_entropy_of_equal_weights_is_ln_n_and_of_one_weight_zero():
    assert close(nm.entropy(np.array([[0.25] * 4, [1.0, 0, 0, 0]])), [log(4), 0])


@pytest.mark.parametrize("scale", [None, 1.0])
def test_attention_is_the_slow_one(rng, scale):
    Q, K, V = rng.normal(size=(3, 5)), rng.normal(size=(4, 5)), rng.normal(size=(4, 2))
    bias = rng.normal(size=(3, 4))
    right = slow_attention(Q, K, V, bias, 1 / sqrt(5) if scale is None else scale)
    assert close(nm.attention(Q, K, V, bias=bias, scale=scale), right)


def test_heads_are_split_by_blocks_of_columns_and_merged_again(rng):
    X = rng.normal(size=(5, 12))
    heads = nm.split_heads(X, 3)
    assert heads.shape == (3, 5, 4)
    assert np.array_equal(heads[1], X[:, 4:8])
    assert np.array_equal(nm.merge_heads(heads), X)


@pytest.mark.parametrize("cross", [False, True])
def test_multi_head_attention_is_one_head_after_the_other(rng, cross):
    n, m, d, h, d_k, d_v = 5, 7, 6, 2, 4, 3
    X, memory = rng.normal(size=(n, d)), rng.normal(size=(m, d)) if cross else None
    W_Q, W_K, W_V = nm.matrix(rng, d, h * d_k), nm.matrix(rng, d, h * d_k), nm.matrix(rng, d, h * d_v)
    W_O, M = nm.matrix(rng, h * d_v, d), X if memory is None else memory
    heads = []
    for i in range(h):
        k, v = slice(i * d_k, (i + 1) * d_k), slice(i * d_v, (i + 1) * d_v)
        Q, K, V = X @ W_Q[:, k], M @ W_K[:, k], M @ W_V[:, v]
        heads.append(slow_attention(Q, K, V, np.zeros((n, len(M))), 1 / sqrt(d_k)))
    right = np.concatenate(heads, axis=1) @ W_O
    assert close(nm.multi_head_attention(X, W_Q, W_K, W_V, W_O, h=h, memory=memory), right)


def test_the_causal_mask_lets_a_query_see_itself_and_what_came_before():
    mask = nm.causal_mask(4)
    assert [[mask[i, j] == 0 for j in range(4)] for i in range(4)] == [[j <= i for j in range(4)] for i in range(4)]
    assert mask[0, 1] == -inf


def slow_layer_norm(x, gamma, beta, eps):
    mean = sum(x) / len(x)
    var = sum((v - mean) ** 2 for v in x) / len(x)
    return [(v - mean) / sqrt(var + eps) * g + b for v, g, b in zip(x, gamma, beta, strict=True)]


def test_layer_norm_is_the_slow_one(rng):
    x, gamma, beta = rng.normal(2, 3, size=(2, 3, 5)), rng.normal(size=5), rng.normal(size=5)
    right = [[slow_layer_norm(row, gamma, beta, 1e-5) for row in sample] for sample in x]
    assert close(nm.layer_norm(x, gamma, beta), right)


def test_rms_norm_is_the_slow_one(rng):
    x, gamma = rng.normal(2, 3, size=(4, 5)), rng.normal(size=5)
    right = [[v / sqrt(sum(w * w for w in row) / 5 + 1e-5) * g for v, g in zip(row, gamma, strict=True)] for row in x]
    assert close(nm.rms_norm(x, gamma), right)


def test_batch_norm_is_layer_norm_of_each_feature_over_all_samples(rng):
    x, gamma, beta = rng.normal(2, 3, size=(4, 3, 5)), rng.normal(size=5), rng.normal(size=5)
    y = nm.batch_norm(x, gamma, beta)
    for c in range(5):
        right = slow_layer_norm(list(x[..., c].ravel()), [gamma[c]] * 12, [beta[c]] * 12, 1e-5)
        assert close(y[..., c].ravel(), right)


@given(numbers)
def test_activations_are_the_slow_ones(v):
    x = np.array([v])
    assert nm.relu(x)[0] == max(0, v)
    assert close(nm.silu(x), v / (1 + exp(-v)))
    assert abs(nm.gelu(x)[0] - v * (1 + erf(v / sqrt(2))) / 2) < 1e-3  # the tanh form is an approximation


def test_the_feed_forward_network_is_the_slow_one(rng):
    x, W_1, b_1 = rng.normal(size=(2, 3)), rng.normal(size=(3, 4)), rng.normal(size=4)
    W_2, b_2 = rng.normal(size=(4, 3)), rng.normal(size=3)
    hidden = [[max(0, sum(r[i] * W_1[i][j] for i in range(3)) + b_1[j]) for j in range(4)] for r in x]
    right = [[sum(r[j] * W_2[j][c] for j in range(4)) + b_2[c] for c in range(3)] for r in hidden]
    assert close(nm.ffn(x, W_1, b_1, W_2, b_2), right)


def test_swiglu_gates_one_projection_by_the_other(rng):
    x, W, V, W_2 = rng.normal(size=3), rng.normal(size=(3, 4)), rng.normal(size=(3, 4)), rng.normal(size=(4, 3))
    a = [sum(x[i] * W[i][j] for i in range(3)) for j in range(4)]
    gated = [v / (1 + exp(-v)) * sum(x[i] * V[i][j] for i in range(3)) for j, v in enumerate(a)]
    assert close(nm.swiglu(x, W, V, W_2), [sum(gated[j] * W_2[j][c] for j in range(4)) for c in range(3)])


def test_sinusoids_are_the_papers():
    PE = nm.sinusoidal(5, 6)
    for pos in range(5):
        for i in range(3):
            angle = pos / 10000 ** (2 * i / 6)
            assert close(PE[pos, 2 * i : 2 * i + 2], [sin(angle), cos(angle)])


def test_rope_turns_each_pair_by_its_angle(rng):
    x, positions = rng.normal(size=(2, 3, 4)), np.array([0, 5, 1000])
    y = nm.rope(x, positions)
    for head in range(2):
        for row, pos in enumerate(positions):
            for i in range(2):
                angle = pos / 10000 ** (2 * i / 4)
                a, b = x[head, row, 2 * i : 2 * i + 2]
                turned = [a * cos(angle) - b * sin(angle), a * sin(angle) + b * cos(angle)]
                assert close(y[head, row, 2 * i : 2 * i + 2], turned)


def test_alibi_slopes_and_bias_are_the_papers():
    assert nm.alibi_slopes(8).tolist() == [1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128, 1 / 256]
    assert nm.alibi(3, 0.5).tolist() == [[0, -0.5, -1], [-0.5, 0, -0.5], [-1, -0.5, 0]]


def test_cross_entropy_is_the_slow_one(rng):
    logits, targets = rng.normal(size=(4, 6)) * 30, np.array([0, 5, 2, 2])
    right = -sum(log(slow_softmax(list(z))[t]) for z, t in zip(logits, targets, strict=True)) / 4
    assert close(nm.cross_entropy(logits, targets), right)


def test_a_random_matrix_keeps_the_variance_up_to_its_gain(rng):
    assert abs(nm.matrix(rng, 400, 400, gain=3.0).var() * 400 - 9) < 0.2


def test_distances_and_slopes():
    x = np.array([3.0, -4.0])
    assert nm.largest(x) == 4
    assert nm.relative(2 * x, x) == 1
    assert close(nm.slope([1, 10, 100], [5, 50, 500]), 1)
    assert nm.percent(np.array([[0.125, 0.876]])) == [[12, 88]]
    assert close(nm.geometric_mean([1e-8, 1e-4]), 1e-6)


@pytest.mark.slow
def test_the_layers_agree_with_pytorch(rng):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install torch to compare with it")
    F = torch.nn.functional
    n, m, d, h = 6, 9, 16, 4

    def same(ours, theirs):
        return close(ours, theirs.detach().numpy(), 1e-10)

    def tensor(x):
        return torch.tensor(np.asarray(x), dtype=torch.float64)

    x, memory, gamma, beta = rng.normal(size=(n, d)), rng.normal(size=(m, d)), rng.normal(size=d), rng.normal(size=d)
    t = tensor(x)
    assert same(nm.softmax(x), F.softmax(t, dim=-1))
    assert same(nm.layer_norm(x, gamma, beta), F.layer_norm(t, (d,), tensor(gamma), tensor(beta)))
    assert same(nm.rms_norm(x, gamma), F.rms_norm(t, (d,), tensor(gamma), 1e-5))
    assert same(nm.batch_norm(x, gamma, beta), F.batch_norm(t, None, None, tensor(gamma), tensor(beta), training=True))
    assert same(nm.relu(x), F.relu(t))
    assert same(nm.silu(x), F.silu(t))
    assert same(nm.gelu(x), F.gelu(t, approximate="tanh"))
    targets = rng.integers(0, d, size=n)
    assert abs(nm.cross_entropy(x, targets) - F.cross_entropy(t, torch.tensor(targets)).item()) < 1e-12

    W_Q, W_K, W_V, W_O = (nm.matrix(rng, d, d) for _ in range(4))
    layer = torch.nn.MultiheadAttention(d, h, bias=False, batch_first=True, dtype=torch.float64)
    layer.in_proj_weight.data = tensor(np.concatenate([W_Q, W_K, W_V], axis=1).T)
    layer.out_proj.weight.data = tensor(W_O.T)
    for bias, M in ((None, x), (nm.causal_mask(n), x), (None, memory)):
        key = tensor(M)[None]
        mask = None if bias is None else tensor(bias)
        theirs = layer(t[None], key, key, attn_mask=mask, need_weights=False)[0][0]
        assert same(nm.multi_head_attention(x, W_Q, W_K, W_V, W_O, h=h, bias=bias, memory=M), theirs)

    Q, K, V = rng.normal(size=(h, n, d)), rng.normal(size=(h, m, d)), rng.normal(size=(h, m, 5))
    assert same(nm.attention(Q, K, V), F.scaled_dot_product_attention(tensor(Q), tensor(K), tensor(V)))
