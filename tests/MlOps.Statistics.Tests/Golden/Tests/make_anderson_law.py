"""Writes anderson_law.json, the upper tail of Scholz and Stephens' limit Y = sum of chi-squared(m) / (j (j + 1)) at the value that a
standardised statistic T stands for, by Imhof's integral: python3 make_anderson_law.py > anderson_law.json. Rows are [m, T, p]."""
import json
import math

import numpy as np
from scipy.integrate import quad

WEIGHTS = np.array([1 / (j * (j + 1)) for j in range(1, 400)])
REST = 1 / 400


def upper(y, m):
    y -= m * REST

    def integrand(u):
        angle = 0.5 * m * np.sum(np.arctan(WEIGHTS * u)) - 0.5 * y * u
        return math.sin(angle) / (u * np.exp(0.25 * m * np.sum(np.log1p((WEIGHTS * u) ** 2))))

    edges = np.arange(0, 405, 5)
    return 0.5 + sum(quad(integrand, a, b, epsabs=1e-13, epsrel=1e-12)[0] for a, b in zip(edges, edges[1:])) / math.pi


rows = []
for m in (1, 2, 4, 9):
    for t in (-1.2, -0.9, -0.5, 0.0, 0.3, 0.6, 1.0, 2.0, 3.0, 5.0, 6.0, 8.0, 10.0, 15.0):
        y = m + t * math.sqrt(2 * m * (math.pi**2 / 3 - 3))
        if y > 0.1:
            rows.append([m, t, upper(y, m)])
print(json.dumps(rows))
