"""Writes golden.json, the answers of SciPy 1.10.1 that the tests hold this package to: python3 make_golden.py > golden.json"""
import json
import math

import numpy as np
from scipy import stats

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

    def values(self, count, scale, shift, ties):
        found = [self.uniform() * scale + shift for _ in range(count)]
        return [math.floor(v * 10) for v in found] if ties else found


samples = []
cases = [(5, 7), (10, 10), (50, 50), (200, 100), (997, 1000), (2500, 2500), (11000, 12000), (20000, 300)]
for seed, (n, m) in enumerate(cases, 1):
    for shift in (0.0, 0.05, 0.3):
        for ties in (False, True):
            draws = Draws(seed)
            x, y = draws.values(n, 1.0, 0.0, ties), draws.values(m, 1.1, shift, ties)
            ks, mw = stats.ks_2samp(x, y), stats.mannwhitneyu(x, y, method="asymptotic")
            welch = stats.ttest_ind(x, y, equal_var=False)
            samples.append(dict(
                seed=seed, n=n, m=m, shift=shift, ties=ties, ks=[ks.statistic, ks.pvalue], mannWhitney=[mw.statistic, mw.pvalue],
                welch=[welch.statistic, welch.pvalue], wasserstein=stats.wasserstein_distance(x, y)))

tables = []
for table in ([[10, 20], [30, 25]], [[3, 1], [1, 30]], [[500, 480], [20, 41]], [[8, 2, 5, 9], [4, 7, 9, 1]], [[900, 50, 50], [80, 15, 5]], [[0, 12], [9, 30]]):
    plain, yates = stats.chi2_contingency(table, correction=False), stats.chi2_contingency(table, correction=True)
    fisher = stats.fisher_exact(table)[1] if len(table[0]) == 2 else -1
    tables.append(dict(reference=table[0], current=table[1], plain=[plain[0], plain[1]], yates=[yates[0], yates[1]], fisher=fisher))

print(json.dumps(dict(samples=samples, tables=tables), default=float))
