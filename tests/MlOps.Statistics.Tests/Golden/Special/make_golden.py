"""Writes special.json, tail probabilities to 17 digits by mpmath with 60 digits: python3 make_golden.py > special.json

Each row is [function, arguments..., natural logarithm of the probability]; arguments are exact doubles.
"""
import json

import mpmath as mp

from tails import log_gamma_upper, log_student_two_sided

rows = []


def add(name, *arguments_and_log):
    rows.append([name, *[float(v) for v in arguments_and_log]])


for z in (-40.0, -8.0, -3.0, -1.0, -1e-9, 0.0, 1e-9, 0.1, 0.5, 1.0, 1.7, 1.75, 3.0, 6.0, 10.0, 20.0, 37.0, 38.5, 100.0, 1414.0):
    log = mp.log(mp.erfc(mp.mpf(z) / mp.sqrt(2)) / 2)
    add("normal", z, log)

for freedom in (1, 2, 3, 5, 10, 50, 99, 1000, 20000):
    for x in (1e-12, 0.01, 0.5, 1.0, 2.9, 5.0, 11.0, 40.0, 99.0, 150.0, 900.0, 1300.0, 1500.0, 19500.0, 21000.0, 30000.0):
        if 0.2 < x / freedom or freedom < 20:
            log = log_gamma_upper(mp.mpf(freedom) / 2, mp.mpf(x) / 2)
            add("chiSquared", x, freedom, log)

for freedom in (1.0, 2.0, 3.5, 10.0, 98.4, 1000.0, 25000.0):
    for t in (1e-9, 0.1, 0.7, 1.0, 2.0, 3.5, 8.0, 20.0, 37.0, 60.0, 500.0, 1e6, 1e60, 1e150, 1e200):
        add("student", t, freedom, log_student_two_sided(t, freedom))

for a, b, x in ((0.5, 0.5, 0.25), (2.0, 3.0, 0.125), (10.0, 0.5, 0.75), (40.0, 60.0, 0.375), (40.0, 60.0, 0.0078125), (500.0, 300.0, 0.5), (1500.0, 2.5, 0.875)):
    add("beta", a, b, x, mp.log(mp.betainc(a, b, 0, x, regularized=True)))


def log_kolmogorov_one_sided(n, d):
    n, d = int(n), mp.mpf(d)
    total = mp.mpf(0)
    for j in range(int(mp.floor(n * (1 - d))) + 1):
        p = d + mp.mpf(j) / n
        if p < 1 or n == j:
            total += mp.exp(mp.log(mp.binomial(n, j)) + (j - 1) * mp.log(p) + (n - j) * mp.log(1 - p)) if p < 1 else 0
    return mp.log(d * total)


for n, d in ((5, 0.7), (20, 0.25), (100, 0.3), (100, 0.9), (1000, 0.1), (1000, 0.6), (3000, 0.25)):
    add("kolmogorovOneSided", n, d, log_kolmogorov_one_sided(n, d))

def log_kolmogorov_two_sided(n, d):
    """Durbin's matrix power (Marsaglia, Tsang and Wang 2003) with 60 digits."""
    d = mp.mpf(d)
    k = int(mp.ceil(n * d))
    size, h = 2 * k - 1, k - n * d
    matrix = mp.zeros(size)
    for i in range(size):
        for j in range(size):
            matrix[i, j] = 1 if i - j + 1 >= 0 else 0
    for i in range(size):
        matrix[i, 0] -= h ** (i + 1)
        matrix[size - 1, i] -= h ** (size - i)
    matrix[size - 1, 0] += (2 * h - 1) ** size if 2 * h > 1 else 0
    for i in range(size):
        for j in range(size):
            if i - j + 1 > 0:
                matrix[i, j] /= mp.factorial(i - j + 1)
    power = matrix**n
    return mp.log(1 - power[k - 1, k - 1] * mp.factorial(n) / mp.mpf(n) ** n)


for n, d in ((5, 0.25), (10, 0.3), (20, 0.125), (60, 0.2), (140, 0.1), (150, 0.04), (300, 0.025)):
    add("kolmogorovTwoSided", n, d, log_kolmogorov_two_sided(n, d))

print("[" + ",\n".join(json.dumps(row) for row in rows) + "]")
