"""The work of Peers/TableCase.cs in NumPy and scikit-learn: python3 peers_tables.py CASE ROWS COLUMNS SHIFT prints one JSON object.

Start it with OMP_NUM_THREADS=1 and the like, as PeerComparison.cs does. A case is a function of the reference and the current rows; its
name is the one in TableCase.cs, and what it returns is compared with this library's result.
"""
import json
import sys
import time

import numpy as np
from sklearn.decomposition import PCA
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from peers import SEED, draws


def mmd(x, y, sigma=5.0, permutations=100):
    z = np.vstack([x, y])
    n, m = len(x), len(y)
    squares = (z * z).sum(1)
    k = z @ z.T
    k *= -2
    k += squares[:, None]
    k += squares[None, :]
    k *= -0.5 / sigma**2
    np.exp(k, out=k)
    np.fill_diagonal(k, 0)
    a = np.zeros((n + m, permutations + 1))
    a[:n, 0] = 1
    generator = np.random.default_rng(0)
    for p in range(1, permutations + 1):
        a[generator.permutation(n + m)[:n], p] = 1
    ka = k @ a
    within = np.einsum("ij,ij->j", a, ka)
    across = ka.sum(0) - within
    other = k.sum() - within - 2 * across
    statistics = within / n / (n - 1) + other / m / (m - 1) - 2 * across / n / m
    p_value = (1 + (statistics[1:] >= statistics[0]).sum()) / (1 + permutations)
    return [statistics[0], p_value][0]


def told_apart(model, x, y):
    labels = np.r_[np.zeros(len(x)), np.ones(len(y))]
    return cross_val_score(model, np.vstack([x, y]), labels, cv=5, scoring="roc_auc").mean()


def pca(x, y):
    scaler = StandardScaler().fit(x)
    model = PCA(n_components=0.65, svd_solver="full").fit(scaler.transform(x))

    def error(rows):
        scaled = scaler.transform(rows)
        return np.linalg.norm(scaled - model.inverse_transform(model.transform(scaled)), axis=1).mean()

    return [error(x), error(y)][1]


CASES = {
    "mmd": mmd,
    "logistic": lambda x, y: told_apart(make_pipeline(StandardScaler(), LogisticRegression()), x, y),
    "trees": lambda x, y: told_apart(HistGradientBoostingClassifier(max_iter=50, max_depth=3, max_bins=32, early_stopping=False), x, y),
    "pca": pca,
}


def main():
    case, rows, columns, shift = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    reference, current = (draws(SEED + i, rows * columns).reshape(rows, columns) for i in (0, 1))
    current = current + shift
    CASES[case](reference, current)
    times = []
    while len(times) < 3 or (len(times) < 100 and sum(times) < 1):
        start = time.perf_counter()
        value = CASES[case](reference, current)
        times.append(time.perf_counter() - start)
    print(json.dumps({"milliseconds": float(np.median(times)) * 1e3, "value": float(value)}), flush=True)


main()
