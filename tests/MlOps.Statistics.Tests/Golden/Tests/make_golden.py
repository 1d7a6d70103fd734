"""Writes tests.json: two-sample tests, tests on counts, associations and distances of counts, by SciPy 1.10.1 and, where its own arithmetic
loses digits (t, r, z, Fisher, divergences, all logarithms of p-values), by exact sums and mpmath: python3 make_golden.py > tests.json"""
import json
import math
import os
import sys
import warnings
from fractions import Fraction

import mpmath as mp
import numpy as np
from scipy import stats
from scipy.stats.contingency import association
from sklearn.metrics import mutual_info_score

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Special"))
from tails import log_gamma_upper, log_normal_two_sided, log_student_two_sided  # noqa: E402

warnings.simplefilter("ignore")
MASK = (1 << 64) - 1


class Draws:
    """SplitMix64, the same stream as Draws.cs."""

    def __init__(self, state):
        self.state = state

    def uniform(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return ((z ^ (z >> 31)) >> 11) / 2**53


def shape(v, kind):
    """The same as Shape in TestsGoldenTests.cs; only operations that round the same everywhere."""
    return {"plain": lambda: v, "ties": lambda: math.floor(v * 10), "tiny": lambda: v * 1e-150, "huge": lambda: v * 1e150,
            "offset": lambda: v + 1e9, "denormal": lambda: math.floor(v * 1000) * 5e-324, "constant": lambda: 3.0}[kind]()


def exact(values):
    return [int(Fraction(v) * (1 << 1100)) for v in values]


def real(fraction_top, fraction_bottom=1):
    return mp.mpf(fraction_top) / mp.mpf(fraction_bottom)


def moments(values):
    """n, the mean and the sum of squares about it, exact but for the last division."""
    whole = exact(values)
    n, total, squares = len(whole), sum(whole), sum(v * v for v in whole)
    unit = mp.mpf(1 << 1100)
    return n, real(total, n) / unit, real(n * squares - total * total, n) / unit / unit


def t_tests(x, y):
    (n, mean_x, sx), (m, mean_y, sy) = moments(x), moments(y)
    if sx == 0 and sy == 0:
        return None, None
    pooled = mp.sqrt((sx + sy) / (n + m - 2) * (mp.mpf(1) / n + mp.mpf(1) / m))
    vx, vy = sx / (n - 1) / n, sy / (m - 1) / m
    freedom = (vx + vy) ** 2 / (vx**2 / (n - 1) + vy**2 / (m - 1))
    student, welch = (mean_x - mean_y) / pooled, (mean_x - mean_y) / mp.sqrt(vx + vy)
    return [student, log_student_two_sided(student, n + m - 2)], [welch, log_student_two_sided(welch, freedom)]


def pearson(x, y):
    a, b = exact(x), exact(y)
    n, sa, sb = len(a), sum(a), sum(b)
    xx, yy = n * sum(v * v for v in a) - sa * sa, n * sum(v * v for v in b) - sb * sb
    xy = n * sum(v * w for v, w in zip(a, b)) - sa * sb
    if xx == 0 or yy == 0:
        return None
    r = mp.mpf(xy) / mp.sqrt(mp.mpf(xx)) / mp.sqrt(mp.mpf(yy))
    if n == 2:
        return [r, 0]
    if xx * yy == xy * xy:
        return [r, -mp.inf]
    t = r * mp.sqrt((n - 2) * mp.mpf(xx) * mp.mpf(yy) / mp.mpf(xx * yy - xy * xy))
    return [r, log_student_two_sided(t, n - 2)]


def logged(result):
    """[statistic, log p], log p null where SciPy's p has underflowed."""
    statistic, p = float(result[0]), float(result[1])
    return [statistic, math.log(p) if p > 1e-300 else None]


samples = []
cases = [(n, m, kind, shift) for n, m in ((5, 7), (24, 10), (25, 30), (200, 100), (997, 1000), (4000, 300))
         for kind in ("plain", "ties", "tiny", "huge", "offset", "denormal") for shift in (0.0, 0.05, 0.5, 2.0)]
cases += [(2, 2, "plain", 0.1), (2, 3, "plain", 0.3), (3, 2, "ties", 0.0), (20, 20, "constant", 0.0), (1, 9, "plain", 0.0)]
cases += [(100000, 80000, kind, shift) for kind in ("plain", "ties") for shift in (0.0, 0.005, 0.03)]
cases += [(3000, 3000, "plain", s) for s in (0.33, 0.345, 0.36, 0.4)]
for seed, (n, m, kind, shift) in enumerate(cases, 1):
    draws = Draws(seed)
    x = [shape(draws.uniform() + draws.uniform(), kind) for _ in range(n)]
    y = [shape((draws.uniform() + draws.uniform()) * 1.1 + shift, kind) for _ in range(m)]
    row = dict(seed=seed, n=n, m=m, kind=kind, shift=shift)
    if min(n, m) > 1 and kind != "denormal":
        row["student"], row["welch"] = t_tests(x, y)
    if min(n, m) >= 5 and kind in ("plain", "ties", "tiny", "huge"):
        row["eppsSingleton"] = logged(stats.epps_singleton_2samp(x, y))
    if n + m >= 4 and kind != "constant":
        row["andersonMidrank"], row["andersonRight"] = ([float(r.statistic), math.log(r.pvalue)] for r in (
            stats.anderson_ksamp([x, y], midrank=True), stats.anderson_ksamp([x, y], midrank=False)))
        if n in (5, 200, 997):
            z = [shape(draws.uniform() * 2, kind) for _ in range(40)]
            r = stats.anderson_ksamp([x, y, z])
            row["andersonThree"] = [float(r.statistic), math.log(r.pvalue)]
    samples.append(row)

pairs = []
cases = [(n, kind, weight) for n in (2, 3, 5, 12, 33, 34, 200, 1500) for kind in ("plain", "ties", "tiny", "huge", "offset", "denormal")
         for weight in (0.0, 0.3, -1.0, 30.0)]
cases += [(9, "constant", 0.0), (40, "plain", 1e6), (1000, "plain", 1e5)]
cases += [(100000, kind, weight) for kind in ("plain", "ties") for weight in (0.0, 0.01, -0.1)]
for seed, (n, kind, weight) in enumerate(cases, 1):
    draws = Draws(seed)
    x, y = [], []
    for _ in range(n):
        u, v = draws.uniform(), draws.uniform()
        x.append(shape(u, kind))
        y.append(shape(weight * u + v, kind))
    row = dict(seed=seed, n=n, kind=kind, weight=weight, pearson=pearson(x, y))
    if row["pearson"] is not None:
        row["kendall"] = logged(stats.kendalltau(x, y))
        row["spearman"] = pearson(list(stats.rankdata(x)), list(stats.rankdata(y)))
    pairs.append(row)


def fisher(a, b, c, d):
    """Exact, with the tolerance for ties that R has."""
    n, m, s = a + b, c + d, a + c
    if 0 in (n, m, s, b + d):
        return None
    first, last = max(0, s - m), min(n, s)
    weight = mp.mpf(math.comb(n, first) * math.comb(m, s - first))
    weights = []
    for k in range(first, last + 1):
        weights.append(weight)
        weight = weight * (n - k) * (s - k) / ((k + 1) * (m - s + k + 1))
    limit = weights[a - first] * (1 + mp.mpf("1e-7"))
    return mp.log(sum(w for w in weights if w <= limit) / math.comb(n + m, s))


def divergence(p, q):
    return mp.inf if any(a > 0 and b == 0 for a, b in zip(p, q)) else sum(a * mp.log(a / b) for a, b in zip(p, q) if a > 0)


tables = []
for table in ([[10, 20], [30, 25]], [[3, 1], [1, 30]], [[500, 480], [20, 41]], [[8, 2, 5, 9], [4, 7, 9, 1]], [[900, 50, 50], [80, 15, 5]],
              [[0, 12], [9, 30]], [[1, 1], [1, 1]], [[2, 0], [0, 3]], [[5, 0, 7], [4, 0, 9]], [[100000, 100300], [99000, 98700]],
              [[1000000, 2000000, 3000000], [999000, 2001000, 3000500]], [[1000, 1500], [2000, 1000]], [[3000, 900], [1500, 2100]],
              [[3000, 700], [1300, 2300]], [[0, 5000], [4000, 100]], [[20000, 100], [100, 20000]], [[5, 0], [7, 0]],
              [[12, 7, 3], [9, 14, 6], [1, 8, 22]], [[300, 1, 0, 2], [0, 0, 0, 0], [4, 250, 9, 9], [1, 1, 180, 30]]):
    full = np.array(table)
    row = dict(table=table)
    kept = full[full.sum(axis=1) > 0][:, full.sum(axis=0) > 0]
    if min(kept.shape) > 1:
        for name, yates, lam in (("chiSquared", False, None), ("yates", True, None), ("g", False, "log-likelihood"), ("gYates", True, "log-likelihood")):
            statistic, _, freedom, _ = stats.chi2_contingency(kept, correction=yates, lambda_=lam)
            total, expected = mp.mpf(int(kept.sum())), mp.mpf(0)
            for i in range(kept.shape[0]):
                for j in range(kept.shape[1]):
                    e, o = mp.mpf(int(kept[i].sum())) * int(kept[:, j].sum()) / total, mp.mpf(int(kept[i, j]))
                    if yates and freedom == 1:
                        o += min(mp.mpf(1) / 2, abs(e - o)) * mp.sign(e - o)
                    expected += (2 * o * mp.log(o / e) if o > 0 else 0) if lam else (o - e) ** 2 / e
            expected = abs(expected) if abs(expected) > mp.mpf(10) ** -40 else mp.mpf(0)
            assert abs(expected - statistic) < 1e-7 * (abs(expected) + 1e-3), (table, name, expected, statistic)
            row[name] = [expected, log_gamma_upper(mp.mpf(int(freedom)) / 2, expected / 2), freedom]
        n, r, k = kept.sum(), *kept.shape
        row["cramersV"] = association(kept, method="cramer")
        phi = max(0, row["chiSquared"][0] / int(n) - mp.mpf((r - 1) * (k - 1)) / int(n - 1))
        row["cramersVCorrected"] = mp.sqrt(phi / (min(r - mp.mpf((r - 1) ** 2) / int(n - 1), k - mp.mpf((k - 1) ** 2) / int(n - 1)) - 1))
        row["mutualInformation"] = row["g"][0] / 2 / int(n)
        assert abs(row["mutualInformation"] - mutual_info_score(None, None, contingency=kept)) < 1e-9
    if full.shape == (2, 2):
        (a, b), (c, d) = table
        log = fisher(a, b, c, d)
        if log is not None:
            row["fisher"] = log
            z = (mp.mpf(a) / (a + b) - mp.mpf(c) / (c + d)) / mp.sqrt(mp.mpf(a + c) * (b + d) / mp.mpf(a + b + c + d) / (a + b) / (c + d))
            row["z"] = [z, log_normal_two_sided(z)]
    if full.shape[0] == 2:
        p, q = ([mp.mpf(v) / sum(counts) for v in counts] for counts in table)
        mix = [(a + b) / 2 for a, b in zip(p, q)]
        row["distances"] = [divergence(p, q), (divergence(p, mix) + divergence(q, mix)) / 2,
                            mp.sqrt(sum((mp.sqrt(a) - mp.sqrt(b)) ** 2 for a, b in zip(p, q)) / 2),
                            sum(abs(a - b) for a, b in zip(p, q)) / 2, max(abs(a - b) for a, b in zip(p, q))]
    tables.append(row)



def clean(value):
    if isinstance(value, dict):
        return {k: clean(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(v) for v in value]
    if value is None or isinstance(value, (str, int)):
        return value
    value = float(value)
    return value if math.isfinite(value) else str(value)


def lines(rows):
    return "[" + ",\n".join(json.dumps(clean(row)) for row in rows) + "]"


print('{"samples": ' + lines(samples) + ',\n"pairs": ' + lines(pairs) + ',\n"tables": ' + lines(tables) + "}")
