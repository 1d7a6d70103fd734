"""Writes golden.json: the published formulas behind Evidently's and NannyML's defaults, in NumPy and SciPy (1.24.2, 1.10.1).

Inputs are described by seed, so that the file stays small; Draws.cs has the same generator.
"""
import json
import math
import os

import numpy as np
from scipy.spatial.distance import jensenshannon
from scipy.stats import chisquare, ks_2samp, norm, wasserstein_distance

MASK = (1 << 64) - 1


class Draws:
    def __init__(self, state):
        self.state = state

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def uniform(self):
        return (self.next() >> 11) * (1.0 / (1 << 53))


def values(draws, n, levels, shift):
    """Squares of uniforms, so that the skewness matters; rounded down to few levels where asked."""
    u = [draws.uniform() for _ in range(n)]
    return np.array([math.floor(v * v * levels) + 0.0 if levels else v * v + shift for v in u])


def sturges(reference, current, fill):
    if len(np.unique(reference)) > 20:
        edges = np.histogram_bin_edges(np.concatenate([reference, current]), bins="sturges")
        p = np.histogram(reference, edges)[0] / len(reference)
        q = np.histogram(current, edges)[0] / len(current)
    else:
        keys = np.unique(np.concatenate([reference, current]))
        p = np.array([np.mean(reference == k) for k in keys])
        q = np.array([np.mean(current == k) for k in keys])
    if fill:
        for r in (p, q):
            least = r[r > 0].min()
            r[r == 0] = least / 1e6 if least <= 1e-4 else 1e-4
    return p, q


def evidently(reference, current):
    distinct = np.unique(np.concatenate([reference, current]))
    if len(reference) > 1000:
        if len(distinct) > 5:
            return "wasserstein", wasserstein_distance(reference, current) / max(np.std(reference), 0.001)
        return "jensenshannon", jensenshannon(*sturges(reference, current, False))
    if len(distinct) > 5:
        return "ks", ks_2samp(reference, current).pvalue
    x = np.array([np.sum(reference == k) for k in distinct])
    y = np.array([np.sum(current == k) for k in distinct])
    if len(distinct) > 2:
        return "chisquare", chisquare(y, x * len(current) / len(reference)).pvalue
    if len(distinct) == 1:
        return "z", 1.0
    n, m = len(reference), len(current)
    pooled = (x[0] + y[0]) / (n + m)
    z = (x[0] / n - y[0] / m) / math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return "z", 2 * norm.sf(abs(z))


def nannyml(reference, current):
    """Chunks are cut first and lose their missing values then, as does the whole."""
    edges = np.histogram_bin_edges(reference[~np.isnan(reference)], bins="doane")

    def shares(v):
        return np.histogram(v, edges)[0] / len(v)

    def distance(v):
        v = v[~np.isnan(v)]
        p, q = shares(reference[~np.isnan(reference)]), shares(v)
        return jensenshannon(np.append(p, 0), np.append(q, max(0, 1 - q.sum())), base=2)

    return chunked(distance, reference, current)


def nannyml_categories(reference, current):
    unique = np.unique(reference)

    def distance(v):
        p, q = (np.array([np.sum(w == k) for k in unique]) / len(w) for w in (reference, v))
        return jensenshannon(np.append(p, 0), np.append(q, max(0, 1 - q.sum())), base=2)

    return chunked(distance, reference, current)


def chunked(distance, reference, current):
    size = len(reference) // 10
    chunks = [distance(reference[i:i + size]) for i in range(0, len(reference), size)]
    return distance(current), np.nanmean(chunks) + 3 * np.nanstd(chunks)


def with_gaps(v, every):
    """Every so many values missing, and all of the second tenth."""
    v = v.copy()
    if every:
        v[::every] = np.nan
        v[len(v) // 10:2 * (len(v) // 10)] = np.nan
    return v


rows = []
for seed, n, m, levels, shift, gaps in [
    (1, 500, 300, 0, 0.0, 0), (2, 1000, 1000, 0, 0.05, 0), (3, 1001, 700, 0, 0.0, 0), (4, 5000, 2000, 0, 0.3, 0), (5, 600, 500, 4, 0.0, 0),
    (6, 600, 500, 2, 0.0, 0), (7, 2048, 2048, 4, 0.0, 0), (8, 3000, 1000, 12, 0.0, 0), (9, 1024, 1024, 30, 0.0, 0), (10, 20000, 100, 0, 0.6, 0),
    (11, 1203, 400, 0, 0.1, 7), (12, 5000, 900, 0, 0.0, 3), (13, 700, 650, 1, 0.0, 0),
]:
    draws = Draws(seed)
    with_missing = with_gaps(values(draws, n, levels, 0.0), gaps)
    x, y = with_missing[~np.isnan(with_missing)], values(draws, m, levels, shift)
    p, q = sturges(x, y, True)
    test, value = evidently(x, y)
    js, threshold = nannyml(with_missing, y)
    category_js, category_threshold = nannyml_categories(x, y) if levels else (0.0, 0.0)
    rows.append({
        "seed": seed, "n": n, "m": m, "levels": levels, "shift": shift, "gaps": gaps, "evidently": test, "value": float(value),
        "psi": float(np.sum((p - q) * np.log(p / q))), "jensenShannon": float(jensenshannon(*sturges(x, y, False))),
        "nannyml": float(js), "threshold": float(threshold),
        "categoryNannyml": float(category_js), "categoryThreshold": float(category_threshold),
    })

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.json"), "w") as file:
    json.dump({"rows": rows}, file, indent=1)
