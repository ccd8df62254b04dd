"""Makes fixtures.jsonl: what SciPy and NumPy say about generated samples, one case a line.

python3 test/oracles/detectors/fixtures.py > test/oracles/detectors/fixtures.jsonl

Debian packages python3-scipy (1.10.1) and python3-numpy (1.24.2). Seeded: the same versions give the same file.
Bins, smoothing and the merging of small cells have no implementation in SciPy; they are written here a second time, from their
description in docs/detectors.md.
"""

import json

import numpy as np
from scipy import stats
from scipy.spatial.distance import jensenshannon

SEED = 20261122
rng = np.random.default_rng(SEED)


def levels_of(values):
    """Up to three levels of a sketch; an item of level i weighs 2^i."""
    levels = int(rng.integers(1, 4))
    return [[float(v) for v in part] for part in np.array_split(rng.permutation(values), levels)]


def weighted(levels):
    values = np.array([v for level in levels for v in level])
    weights = np.array([2**i for i, level in enumerate(levels) for _ in level])
    return values, weights


def numeric_samples(case):
    """Kinds of pairs by turns: continuous, shifted, ties, binary, atoms, tiny, identical, disjoint, constant."""
    size = lambda low, high: int(rng.integers(low, high))
    n, m = size(5, 40), size(5, 40)
    kind = case % 11
    if kind == 0:
        pair = rng.normal(size=n), rng.normal(size=m)
    elif kind == 1:
        pair = rng.normal(size=n), rng.normal(1.5, 2, size=m)
    elif kind == 2:
        pair = rng.integers(0, 4, n), rng.integers(0, 4, m)
    elif kind == 3:
        pair = rng.integers(0, 10, n) // 9, rng.integers(0, 3, m) // 1 % 2
    elif kind == 4:
        pair = np.where(rng.random(n) < 0.8, 0, rng.lognormal(size=n)), np.where(rng.random(m) < 0.5, 0, rng.lognormal(size=m))
    elif kind == 5:
        pair = rng.normal(size=size(1, 4)), rng.normal(size=size(1, 4))
    elif kind == 6:
        same = rng.integers(-5, 6, n)
        pair = same, same
    elif kind == 7:
        pair = rng.uniform(0, 1, n), rng.uniform(2, 3, m)
    elif kind == 8:
        pair = np.full(n, 3.0), np.full(m, float(rng.integers(3, 5)))
    elif kind == 9:
        pair = rng.poisson(3, n), rng.poisson(4, m)
    else:
        pair = 1e6 * rng.standard_cauchy(n), 1e6 * rng.standard_cauchy(m)
    return [np.round(np.asarray(x, dtype=float), 4) for x in pair]


def quantile_cuts(expanded):
    """(value, side): 'right' leaves the value in the lower bin, 'left' in the upper one."""
    ordered = np.sort(expanded)
    deciles = [ordered[-(-part * len(ordered) // 10) - 1] for part in range(1, 10)]
    cuts = []
    for value in sorted(set(deciles)):
        if deciles.count(value) > 1:
            cuts.append((value, "left"))
        cuts.append((value, "right"))
    return cuts


def bin_counts(expanded, cuts):
    at = [np.searchsorted(np.sort(expanded), value, side=side) for value, side in cuts]
    return np.diff(np.concatenate([[0], at, [len(expanded)]]))


def psi(p, q):
    p, q = [(x + 0.5) / (x.sum() + 0.5 * len(x)) for x in (p, q)]
    return float(np.sum((q - p) * np.log(q / p)))


def numeric_case(case):
    pair = numeric_samples(case)
    levels = [levels_of(x) for x in pair]
    if case % 11 == 6:
        levels[1] = levels[0]
    (u, uw), (v, vw) = [weighted(x) for x in levels]
    a, b = np.repeat(u, uw), np.repeat(v, vw)
    statistic = stats.ks_2samp(a, b, method="asymp").statistic
    n, m = len(a), len(b)
    cuts = quantile_cuts(a)
    p, q = bin_counts(a, cuts), bin_counts(b, cuts)
    keep = p + q > 0
    p, q = p[keep], q[keep]
    return {
        "levels": levels,
        "ks": float(statistic),
        "ksP": float(stats.kstwobign.sf(statistic * np.sqrt(n * m / (n + m)))),
        "sd": float(np.std(a)),
        "wasserstein": float(stats.wasserstein_distance(u, v, uw, vw)),
        "psi": psi(p, q),
        "js": float(jensenshannon(p, q, base=2)),
    }


def categorical_samples(case):
    kind = case % 8
    k = int(rng.integers(2, 12))
    n, m = int(rng.integers(20, 2000)), int(rng.integers(20, 500))
    shares = rng.dirichlet(np.ones(k))
    if kind == 0:
        return rng.multinomial(n, shares), rng.multinomial(m, shares)
    if kind == 1:
        return rng.multinomial(n, shares), rng.multinomial(m, rng.dirichlet(np.ones(k)))
    if kind == 2:
        return rng.multinomial(n, np.ones(60) / 60), rng.multinomial(m, np.ones(60) / 60)
    if kind == 3:
        return rng.integers(0, 4, k), rng.integers(0, 4, k)
    if kind == 4:
        same = rng.integers(0, 300, k)
        return same, same
    if kind == 5:
        half = k // 2 + 1
        return np.r_[rng.integers(1, 99, half), np.zeros(half, int)], np.r_[np.zeros(half, int), rng.integers(1, 99, half)]
    if kind == 6:
        return np.array([990 + case, 3]), np.array([30, int(rng.integers(0, 25))])
    return np.array([700, 600 + case, int(rng.integers(0, 5))]), np.array([40, int(rng.integers(20, 50)), int(rng.integers(0, 12))])


def merge(p, q):
    """Cells as lists [baseline, current], and the rest or None."""
    n, m = p.sum(), q.sum()
    expected = lambda x, y: (x + y) * min(n, m) / (n + m)
    cells = [[int(x), int(y)] for x, y in zip(p, q) if x + y > 0]
    large = [cell for cell in cells if expected(*cell) >= 5]
    small = sorted((cell for cell in cells if expected(*cell) < 5), key=sum)
    packs, rest = [], [0, 0]
    for cell in small:
        rest = [rest[0] + cell[0], rest[1] + cell[1]]
        if expected(*rest) >= 5:
            packs.append(rest)
            rest = [0, 0]
    if packs:
        packs[-1] = [packs[-1][0] + rest[0], packs[-1][1] + rest[1]]
        rest = [0, 0]
    return large + packs, rest if sum(rest) > 0 else None


def chi2(cells):
    if len(cells) < 2:
        return [0.0, 1.0]
    result = stats.chi2_contingency(np.array(cells).T, correction=False)
    return [float(result[0]), float(result[1])]


def homogeneity(p, q):
    n, m = int(p.sum()), int(q.sum())
    cells, rest = merge(p, q)
    if rest is None:
        return chi2(cells)[1]
    if not cells:
        return 1.0 if np.count_nonzero(p + q) == 1 else None
    found = rest[0] if n < m else rest[1]
    rare = float(stats.hypergeom.sf(found - 1, n + m, sum(rest), min(n, m)))
    if len(cells) == 1:
        return rare
    if min(sum(x for x, _ in cells), sum(y for _, y in cells)) == 0:
        return rare
    return min(1.0, 2 * min(rare, chi2(cells)[1]))


def categorical_case(case):
    p, q = categorical_samples(case)
    while p.sum() == 0 or q.sum() == 0:
        p, q = categorical_samples(case)
    keep = p + q > 0
    cells = list(zip(p[keep].tolist(), q[keep].tolist()))
    return {
        "baseline": p.tolist(),
        "current": q.tolist(),
        "chi2": chi2(cells),
        "p": homogeneity(p, q),
        "tv": float(np.abs(p / p.sum() - q / q.sum()).sum() / 2),
        "psi": psi(p[keep], q[keep]),
        "js": float(jensenshannon(p, q, base=2)),
    }


def tails():
    xs = [0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 0.999999, 1, 1.000001, 1.2, 1.36, 1.8, 2.5, 4, 8, 15]
    chi = [{"x": float(x), "df": int(df), "p": float(stats.chi2.sf(x, df))} for df in [1, 2, 3, 5, 10, 29, 60, 119, 255] for x in
           [1e-6, 0.01, 0.5, 1, df / 2, df - 0.5, df, df + 2, df + 2.5, 1.5 * df, 3 * df, 10 * df + 5, 400]]
    return {"kolmogorov": [{"x": x, "p": float(stats.kstwobign.sf(x))} for x in xs], "chiSquared": chi}


for kind, cases in {
    "numeric": [numeric_case(case) for case in range(264)],
    "categorical": [categorical_case(case) for case in range(240)],
    **tails(),
}.items():
    for case in cases:
        print(json.dumps({"kind": kind, **case}, separators=(",", ":")))
