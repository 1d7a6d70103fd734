"""Writes kernels.json, SciPy 1.10.1's answers for the rank statistics: python3 make_golden.py > kernels.json

Inputs are made from a seed by the portable generator (see KernelGoldenTests.cs), so that the file holds answers only. Tails of the Cramér–von
Mises distribution, where SciPy gives 0, come from its characteristic function at 40 digits.
"""
import json
import math

import numpy as np
from scipy import stats

MASK = (1 << 64) - 1


def uniforms(state, count):
    found = []
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        found.append(((z ^ (z >> 31)) >> 11) / 2**53)
    return np.array(found)


def shape(u, kind, shift):
    if kind == "plain":
        return u + shift
    if kind == "ties":
        return np.floor((u + shift) * 10)
    if kind == "constant":
        return np.floor(u) + np.ceil(shift)
    if kind == "disjoint":
        return u + 10 * np.ceil(shift)
    if kind == "denormal":
        return np.floor((u + shift) * 1000) * 5e-324
    if kind == "huge":
        return (u + shift - 0.5) * 1e150
    if kind == "tiny":
        return (u + shift - 0.5) * 1e-150
    if kind == "offset":
        return (u + shift) + 1e9
    if kind == "float":
        return (u + shift).astype(np.float32)
    raise ValueError(kind)


rows = []
sizes = [(2, 2), (2, 3), (5, 7), (8, 9), (8, 300), (20, 20), (19, 20), (21, 20), (100, 37), (1000, 1000), (997, 1000), (12000, 11000)]
cases = [(n, m, kind) for n, m in sizes for kind in ("plain", "ties")]
cases += [(n, m, kind) for n, m in ((12, 15), (300, 257)) for kind in ("constant", "disjoint", "denormal", "huge", "tiny", "offset", "float")]
cases += [(100000, 99000, "plain"), (100000, 99000, "float")]
for seed, (n, m, kind) in enumerate(cases, 1):
    for shift in (0.0, 0.05, 0.4) if n < 50000 else (0.0,):
        x, y = shape(uniforms(seed, n), kind, 0.0), shape(uniforms(seed + 1000, m), kind, shift)
        ks, cvm = stats.ks_2samp(x, y), stats.cramervonmises_2samp(x, y)
        slow = min(n, m) <= 8 and max(n, m) > 100 and kind != "ties"
        mw = None if slow else stats.mannwhitneyu(x, y)
        raw = stats.mannwhitneyu(x, y, use_continuity=False, method="asymptotic")
        wide = x.astype(float), y.astype(float)
        rows.append(dict(
            seed=seed, n=n, m=m, kind=kind, shift=shift, ks=[ks.statistic, ks.pvalue], cvm=[cvm.statistic, cvm.pvalue],
            mannWhitney=mw and [mw.statistic, mw.pvalue], uncorrected=[raw.statistic, 1.0 if math.isnan(raw.pvalue) else raw.pvalue],  # 0 / 0 where all is tied
            wasserstein=stats.wasserstein_distance(*wide), energy=stats.energy_distance(*wide)))

tails = []
try:
    import mpmath

    mpmath.mp.dps = 40
    for x in (0.01, 0.05, 0.2, 0.5, 1.0, 2.0, 5.0, 20.0, 60.0, 135.0):
        x = mpmath.mpf(x)
        pi, total = mpmath.pi, mpmath.mpf(0)
        for k in range(1, 40):
            def term(theta):
                t = (2 * k - mpmath.mpf(1) / 2) * pi - pi / 2 * mpmath.cos(theta)
                return mpmath.exp(-x * t * t / 2) / mpmath.sqrt(t * mpmath.fabs(mpmath.sin(t))) * mpmath.sin(theta)
            part = sum(term(pi * (i + mpmath.mpf(1) / 2) / 1000) for i in range(1000)) * pi / 1000  # periodic: geometric convergence
            total += (-1) ** (k + 1) * part
            if part < total * mpmath.mpf(10) ** -25:
                break
        tails.append([float(x), float(total)])
except ImportError:
    raise SystemExit("python3-mpmath is missing")

print(json.dumps(dict(rows=rows, tails=tails), default=float))
