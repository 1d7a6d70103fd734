"""Writes tails.json, p-values far below the smallest double and cases in which SciPy 1.10.1 loses digits, by exact counts and mpmath:
python3 make_tails.py > tails.json. Logarithms of p-values throughout."""
import json
import math
import os
import sys

import mpmath as mp

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Special"))
from tails import log_normal_two_sided  # noqa: E402

mp.mp.dps = 50


def kolmogorov(n, m, h):
    """log of the share of lattice paths to (n, m) that reach |x m - y n| >= h gcd, counted in whole numbers."""
    step = math.gcd(n, m)
    row = [0] * (m + 1)
    for x in range(n + 1):
        for y in range(m + 1):
            inside = abs(x * m - y * n) // step < h
            row[y] = (1 if x == y == 0 else (row[y] if x else 0) + (row[y - 1] if y else 0)) if inside else 0
    total = math.comb(n + m, n)
    return mp.log(mp.mpf(total - row[m]) / total)


def von_mises(x):
    """log of Smirnov's alternating sum; the substitution t^2 = a^2 + 2 s^2 / x for each integral from a = (2k - 1) pi to 2k pi."""
    x, total = mp.mpf(x), mp.mpf(0)
    for k in range(1, 30):
        low, part, step = (2 * k - 1) * mp.pi, mp.mpf(0), mp.mpf(1) / 64
        if x >= 8:
            for i in range(64 * 9):
                s = i * step
                t = mp.sqrt(low * low + 2 * s * s / x)
                smooth = s / mp.sqrt(mp.sin(t - low)) if i else mp.sqrt(low * x)
                part += (mp.mpf(1) / 2 if i == 0 else 1) * mp.exp(-s * s) * 2 * smooth / (x * t * mp.sqrt(t))
            part *= step * 2 / mp.pi * mp.exp(-x * low * low / 2)
        else:
            for i in range(800):
                angle = mp.pi * (i + mp.mpf(1) / 2) / 800
                t = (2 * k - mp.mpf(1) / 2) * mp.pi - mp.pi / 2 * mp.cos(angle)
                part += mp.exp(-x * t * t / 2) / mp.sqrt(t * abs(mp.sin(t))) * mp.sin(angle)
            part *= mp.pi / 800
        total += (-1) ** (k + 1) * part
        if part < total * mp.mpf(10) ** -30:
            break
    return mp.log(total)


def fisher(a, b, c, d):
    """log of the summed probabilities of all tables at most as likely, outwards from this one and from its counterpart beyond the mode."""
    n, m, s = a + b, c + d, a + c
    first, last = max(0, s - m), min(n, s)

    def log_choose(p, q):
        return mp.loggamma(p + 1) - mp.loggamma(q + 1) - mp.loggamma(p - q + 1)

    def log(k):
        return log_choose(n, k) + log_choose(m, s - k) - log_choose(n + m, s)

    def tail(k, way):
        total, term = mp.mpf(0), mp.mpf(1)
        while first <= k <= last and term > mp.mpf(10) ** -30:
            total += term
            term *= mp.mpf((n - k) * (s - k)) / ((k + 1) * (m - s + k + 1)) if way > 0 else mp.mpf(k * (m - s + k)) / ((n - k + 1) * (s - k + 1))
            k += way
        return total

    mode = (n + 1) * (s + 1) // (n + m + 2)
    observed, way = log(a), 1 if a > mode else -1
    inside, outside = mode, last if way < 0 else first
    total = tail(a, way)
    if log(outside) <= observed:
        while abs(outside - inside) > 1:
            middle = (inside + outside) // 2
            inside, outside = (inside, middle) if log(middle) <= observed else (middle, outside)
        total += mp.exp(log(outside) - observed) * tail(outside, -way)
    return observed + mp.log(total)


rows = []
for n, m, h in ((7, 5, 9), (30, 24, 61), (50, 50, 11), (50, 50, 1), (40, 60, 30), (41, 60, 900), (97, 83, 5000), (400, 300, 300), (400, 300, 1150),
                (401, 399, 120000), (600, 600, 480), (600, 600, 599), (700, 500, 3000), (1000, 7, 5000), (64, 64, 64), (80, 65, 1040)):
    rows.append(["kolmogorov", n, m, h, kolmogorov(n, m, h)])
for x in (0.02, 0.5, 3.0, 9.5, 10.5, 100.0, 139.0, 140.0, 1000.0, 1e6):
    rows.append(["vonMises", x, von_mises(x)])
for n, m, u in ((1000, 1200, 90000), (1917, 1917, 6539), (2000, 2000, 1), (5000, 80, 0)):
    z = (mp.mpf(n) * m / 2 - u - mp.mpf(1) / 2) / mp.sqrt(mp.mpf(n) * m * (n + m + 1) / 12)
    rows.append(["mannWhitney", n, m, u, log_normal_two_sided(z)])
for table in ((3004217, 2899811, 5120333, 4940001), (4000000, 4000001, 5000003, 5000000), (4001000, 4000000, 5000000, 5000000),
              (90000, 10000, 10000, 90000), (12, 5, 7, 30), (150, 151, 149, 152)):
    rows.append(["fisher", *table, fisher(*table)])
for p, q in (((6013, 6537), (723, 786)), ((500000000, 499999999), (500000001, 500000000)), ((10**9, 3, 10**9), (10**9 + 7, 3, 10**9 - 7))):
    a, b = [mp.mpf(v) / sum(p) for v in p], [mp.mpf(v) / sum(q) for v in q]
    mix = [(u + v) / 2 for u, v in zip(a, b)]
    kl = sum(u * mp.log(u / v) for u, v in zip(a, b))
    js = sum(u * mp.log(u / w) + v * mp.log(v / w) for u, v, w in zip(a, b, mix)) / 2
    hellinger = mp.sqrt(sum((mp.sqrt(u) - mp.sqrt(v)) ** 2 for u, v in zip(a, b)) / 2)
    rows.append(["divergence", list(p), list(q), kl, js, hellinger])
print("[" + ",\n".join(json.dumps([v if isinstance(v, (str, int, list)) else float(v) for v in row]) for row in rows) + "]")
