"""Tail probabilities as natural logarithms, to the last digits of a double, by mpmath with 60 digits."""
import mpmath as mp

mp.mp.dps = 60


def log_gamma_upper(a, x):
    """log Q(a, x); the continued fraction where mpmath's own function would lose all its digits."""
    a, x = mp.mpf(a), mp.mpf(x)
    if x < a + 200:
        return mp.log(mp.gammainc(a, x, mp.inf, regularized=True))
    h = mp.mpf(0)
    for i in range(4000, 0, -1):
        h = i * (i - a) / (x + 2 * i + 1 - a - h)
    return -x + a * mp.log(x) - mp.loggamma(a) - mp.log(x + 1 - a - h)


def log_normal_two_sided(z):
    return mp.log(mp.erfc(abs(mp.mpf(z)) / mp.sqrt(2)))


def log_student_two_sided(t, freedom):
    t, v = mp.mpf(t), mp.mpf(freedom)
    x, a, half = v / (v + t * t), v / 2, mp.mpf(1) / 2
    if t * t > min(60, 4 * v):
        # I_x(a, 1/2), whose series in x has positive terms only.
        return a * mp.log(x) + mp.log(1 - x) / 2 - mp.log(a) - mp.log(mp.beta(a, half)) + mp.log(mp.hyp2f1(1, a + half, a + 1, x, maxterms=10**7))
    return mp.log(1 - mp.betainc(half, a, 0, 1 - x, regularized=True))
