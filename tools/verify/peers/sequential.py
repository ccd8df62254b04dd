"""Prints windows of two variants with confidence sequences of their differences, a case a line. The sequences are found by what defines them, not by formulas of
their bounds: mixtures of martingales are integrated numerically, and the level at which they cross is searched for."""

import json
import sys

import numpy as np
from scipy import optimize, stats

WINDOWS = 12
LEVEL = 0.05
GROUPS = 128


def crossing(log_mixture, level, start):
    high = start
    while log_mixture(high) < np.log(1 / level):
        high *= 2
    return optimize.brentq(lambda s: log_mixture(s) - np.log(1 / level), 0, high, xtol=1e-12, rtol=1e-14)


NODES, WEIGHTS = np.polynomial.legendre.leggauss(200)


def log_integral(log_density, pieces):
    """By Gauss and Legendre, piece by piece; the greatest value is divided out."""
    x = np.concatenate([(high - low) / 2 * NODES + (high + low) / 2 for low, high in pieces])
    weights = np.concatenate([(high - low) / 2 * WEIGHTS for low, high in pieces])
    logs = log_density(x)
    top = logs.max()
    return top + np.log(np.sum(weights * np.exp(logs - top)))


def normal_bound(v, scale, level):
    """Martingales exp(r s - r r v / 2), mixed over r of a normal distribution of variance 1 / scale."""

    def log_mixture(s):
        density = lambda r: r * s - r * r * v / 2 + stats.norm.logpdf(r, scale=scale**-0.5)
        peak, width = s / (v + scale), (v + scale) ** -0.5
        return log_integral(density, [(peak - 12 * width, peak), (peak, peak + 12 * width)])

    return crossing(log_mixture, level, np.sqrt(v) + 1)


def exponential_bound(v, scale, level):
    """Supermartingales exp(r s + (log(1 - r) + r) v), mixed over r in (0, 1): 1 - r has a gamma distribution, of which there is only what is below 1."""
    gamma = stats.gamma(scale, scale=1 / scale)
    least = gamma.logcdf(1)

    def log_mixture(s):
        density = lambda r: r * s + (np.log1p(-r) + r) * v + gamma.logpdf(1 - r) - least
        peak = max(0, 1 - (v + scale - 1) / (s + v + scale))
        ends = [0, peak, *np.clip(peak + np.array([-12, -4, 4, 12]) / np.sqrt(v + scale), 0, 1), 1]
        ends = sorted(set(ends))
        return log_integral(density, list(zip(ends, ends[1:])))

    return crossing(log_mixture, level, np.sqrt(v) + 1)


def asymptotic(total, weight, variance, df, least):
    error = np.sqrt(variance) / weight
    information = error**-2
    deviates = normal_bound(information, least**-2, LEVEL) / information / error
    # Wallace's approximation: the deviate u of a normal distribution for t is sqrt(df log(1 + t t / df)); found by search
    t = optimize.brentq(lambda t: np.sqrt(df * np.log1p(t * t / df)) - deviates, 0, 1e6, xtol=1e-13, rtol=1e-14)
    return interval(total / weight, t * error)


def interval(value, radius):
    return {"value": value, "low": value - radius, "high": value + radius}


def weight_of(n, m):
    return 1 / (1 / n + 1 / m)


def rows_case(random, by, least):
    """Rows of some units each, of which each has its own mean, in all windows."""
    units = [np.column_stack([random.integers(0, GROUPS, 300), random.normal(size=300)]) for _ in range(2)]
    windows, intervals = [], []
    total = weights = 0
    seen, groups = set(), np.zeros(GROUPS)
    counts = np.zeros(2)
    for _ in range(WINDOWS):
        sides = []
        for own in units:
            chosen = own[random.integers(0, 300, random.integers(60, 200))]
            noise = chosen[:, 1] + random.normal(size=len(chosen))
            sides.append((chosen[:, 0].astype(int), (noise < 1).astype(float) if by == "shares" else noise))
        (g0, y0), (g1, y1) = sides
        weight = weight_of(len(y0), len(y1))
        total += weight * (y1.mean() - y0.mean())
        weights += weight
        counts += [len(y0), len(y1)]
        np.add.at(groups, g1, weight * (y1 - y1.mean()) / len(y1))
        np.add.at(groups, g0, -weight * (y0 - y0.mean()) / len(y0))
        seen |= set(g0) | set(g1)
        windows.append([[g.tolist(), y.tolist()] for g, y in sides])
        if counts.min() < 100:
            intervals.append(None)
            continue
        resolution = 1 if by == "shares" else least
        variance = np.sum(groups**2) * len(seen) / (len(seen) - 1) + resolution**2
        intervals.append(asymptotic(total, weights, variance, len(seen) - 1, least))
    return {"by": by, "leastEffect": least, "windows": windows, "intervals": intervals}


def counts_case(random, share, rates):
    windows, intervals = [], []
    errors = []
    for _ in range(WINDOWS):
        n = random.integers(0, 4000, 2) * [1 - share, share]
        n = n.astype(int)
        x = random.binomial(n, rates)
        windows.append([[int(a), int(b)] for a, b in zip(n, x)])
        if n.min() > 0:
            # one number for each request: what it adds, by the share of the other variant
            errors.append((x, n[::-1] / n.sum(), weight_of(*n)))
        signed = sum(x[1] * w[1] - x[0] * w[0] for x, w, _ in errors)
        squares = sum(x[1] * w[1] ** 2 + x[0] * w[0] ** 2 for x, w, _ in errors)
        weight = sum(w for _, _, w in errors)
        twice = 2 * np.log(1 / LEVEL)
        scale = 50 / (twice + np.log(1 + twice))
        intervals.append(interval(signed / weight, exponential_bound(squares, scale, LEVEL / 2) / weight) if weight else None)
    return {"by": "counts", "leastEffect": 0.01, "windows": windows, "intervals": intervals}


def minutes_case(random, likeness, least):
    windows, intervals = [], []
    added, weights, chunks = [], [], []
    noise = np.zeros(2)
    for _ in range(24):
        own = []
        for _ in range(20):
            noise = likeness * noise + random.normal(size=2)
            n = random.integers(0, 20, 2)
            own.append([[int(n[i]), float(n[i] * (100 + 10 * noise[i]))] for i in (0, 1)])
        windows.append(own)
        pairs = [(weight_of(a[0], b[0]), b[1] / b[0] - a[1] / a[0]) for a, b in own if a[0] > 0 and b[0] > 0]
        chunks.append(np.array([[w, w * d] for w, d in pairs]))
        every = np.concatenate(chunks)
        if len(every) < 30:
            intervals.append(None)
            continue
        weight, total = every.sum(axis=0)
        mean = total / weight
        residuals = [c[:, 1] - mean * c[:, 0] for c in chunks]
        flat = np.concatenate(residuals)
        neighbours = np.concatenate([r[1:] * r[:-1] for r in residuals])
        alike = np.clip(neighbours.mean() / np.mean(flat**2), 0, 0.98)
        longer = (1 + alike) / (1 - alike)
        more = (weight / len(flat) * least) ** 2
        found = []
        for variance, numbers in [(np.sum(flat**2) * longer, len(flat) / longer)] + (
            [(sum(r.sum() ** 2 for r in residuals), len(chunks))] if len(chunks) >= 20 else []
        ):
            df = numbers - 1
            found.append(asymptotic(total, weight, variance * (df + 1) / df + more, df, least))
        intervals.append(max(found, key=lambda one: one["high"]))
    return {"by": "minutes", "leastEffect": least, "windows": windows, "intervals": intervals}


def main(seed):
    random = np.random.default_rng(seed)
    for _ in range(4):
        print(json.dumps(rows_case(random, "shares", 0.05)))
        print(json.dumps(rows_case(random, "means", 0.2)))
        print(json.dumps(counts_case(random, random.uniform(0.1, 0.5), random.uniform(0, 0.05, 2))))
        print(json.dumps(counts_case(random, 0.05, [0.0005, 0.0005])))
        print(json.dumps(minutes_case(random, random.uniform(0, 0.8), 5)))


main(int(sys.argv[1]))
