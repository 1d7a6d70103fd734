"""Writes multivariate.json, the answers of NumPy 1.24.2, SciPy 1.10.1 and scikit-learn 1.2.1: /usr/bin/python3 make_golden.py > multivariate.json"""
import json
import math

import numpy as np
from scipy.spatial.distance import cdist, pdist
from scipy.stats import norm
from sklearn.decomposition import PCA
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.preprocessing import StandardScaler

MASK = (1 << 64) - 1


class Draws:
    """SplitMix64, the same stream as Draws.cs and the package's own generator."""

    def __init__(self, state):
        self.state = state

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def uniform(self):
        return (self.next() >> 11) / 2**53

    def normal(self):
        radius = math.sqrt(-2 * math.log(1 - self.uniform()))
        return radius * math.cos(2 * math.pi * self.uniform())

    def normals(self, rows, columns):
        return np.array([[self.normal() for _ in range(columns)] for _ in range(rows)])

    def shuffled(self, count):
        order = list(range(count))
        for i in range(count - 1, 0, -1):
            pick = (self.next() * (i + 1)) >> 64
            order[i], order[pick] = order[pick], order[i]
        return order


def mmd(seed, n, m, columns, shift):
    draws = Draws(seed)
    x, y = draws.normals(n, columns), draws.normals(m, columns) + shift
    sigma = math.sqrt(np.median(pdist(np.vstack([x, y]), "sqeuclidean")))
    k = [np.exp(-cdist(a, b, "sqeuclidean") / (2 * sigma**2)) for a, b in ((x, x), (y, y), (x, y))]
    unbiased = (k[0].sum() - n) / n / (n - 1) + (k[1].sum() - m) / m / (m - 1) - 2 * k[2].mean()
    return dict(seed=seed, n=n, m=m, columns=columns, shift=shift, bandwidth=sigma, unbiased=unbiased, biased=k[0].mean() + k[1].mean() - 2 * k[2].mean())


def isotonic(seed, n, ties, weighted):
    draws = Draws(seed)
    x = np.array([math.floor(draws.uniform() * 20) if ties else draws.uniform() * 20 for _ in range(n)])
    y = np.array([v / 10 + draws.normal() for v in x])
    w = np.array([draws.uniform() + 0.1 for _ in range(n)]) if weighted else None
    at = np.linspace(-2, 22, 41)
    fitted = IsotonicRegression(out_of_bounds="clip").fit(x, y, sample_weight=w)
    return dict(seed=seed, n=n, ties=ties, weighted=weighted, predicted=list(fitted.predict(at)))


def delong(seed, n, ties):
    draws = Draws(seed)
    y = np.array([draws.uniform() < 0.4 for _ in range(n)])
    s = np.array([v * 0.8 + draws.normal() for v in y])
    s = np.floor(s * 2) if ties else s
    pos, neg = s[y], s[~y]
    psi = (pos[:, None] > neg[None, :]) + 0.5 * (pos[:, None] == neg[None, :])
    variance = psi.mean(1).var(ddof=1) / len(pos) + psi.mean(0).var(ddof=1) / len(neg)
    area, z = roc_auc_score(y, s), norm.ppf(0.975)
    return dict(seed=seed, n=n, ties=ties, area=area, error=math.sqrt(variance),
                lower=max(0, area - z * math.sqrt(variance)), upper=min(1, area + z * math.sqrt(variance)))


def expected(seed, n, ties):
    draws = Draws(seed)
    s = np.array([math.floor(draws.uniform() * 20) / 20 if ties else draws.uniform() for _ in range(n)])
    labels, scores, weights = np.r_[np.ones(n), np.zeros(n)], np.r_[s, s], np.r_[s, 1 - s]
    return dict(seed=seed, n=n, ties=ties, auc=roc_auc_score(labels, scores, sample_weight=weights),
                averagePrecision=average_precision_score(labels, scores, sample_weight=weights))


def logistic(seed, n, columns, penalty):
    draws = Draws(seed)
    x = draws.normals(n, columns) * np.arange(1, columns + 1) + 3
    y = np.array([draws.uniform() < 1 / (1 + math.exp(-(row[0] - 3) + 0.2 * (row[-1] - 3))) for row in x])
    fitted = LogisticRegression(C=1 / penalty, tol=1e-9, max_iter=1000, solver="newton-cg").fit(StandardScaler().fit_transform(x), y)
    return dict(seed=seed, n=n, columns=columns, penalty=penalty, coefficients=list(fitted.coef_[0]), intercept=fitted.intercept_[0])


def pca(seed, n, m, columns, share):
    draws = Draws(seed)
    mixing = draws.normals(columns, columns)
    x, y = draws.normals(n, columns) @ mixing + 5, draws.normals(m, columns) + 5
    order = Draws(0).shuffled(n)
    fitted, held = x[sorted(order[: n - n // 2])], x[sorted(order[n - n // 2:])]
    scaler = StandardScaler().fit(fitted)
    model = PCA(n_components=share, svd_solver="full").fit(scaler.transform(fitted))

    def errors(rows):
        z = scaler.transform(rows)
        return np.linalg.norm(z - model.inverse_transform(model.transform(z)), axis=1)

    return dict(seed=seed, n=n, m=m, columns=columns, share=share, components=int(model.n_components_),
                explained=model.explained_variance_ratio_.sum(), reference=errors(held).mean(), current=errors(y).mean(), first=list(errors(y)[:5]))


print(json.dumps(dict(
    mmd=[mmd(1, 20, 30, 3, 0.5), mmd(2, 200, 150, 5, 0.0), mmd(3, 7, 2, 1, 2.0), mmd(4, 150, 150, 20, 0.1)],
    isotonic=[isotonic(seed, n, ties, weighted) for seed, n in ((5, 10), (6, 200), (7, 1000)) for ties in (False, True) for weighted in (False, True)],
    delong=[delong(seed, n, ties) for seed, n in ((8, 30), (9, 400)) for ties in (False, True)],
    expected=[expected(seed, n, ties) for seed, n in ((10, 15), (11, 500)) for ties in (False, True)],
    logistic=[logistic(12, 60, 2, 1.0), logistic(13, 500, 6, 1.0), logistic(14, 500, 6, 50.0), logistic(15, 2000, 3, 0.01)],
    pca=[pca(16, 200, 50, 6, 0.65), pca(17, 101, 30, 3, 0.9), pca(18, 400, 100, 12, 0.8)]), default=float))
