"""The work of Peers/PeerCases.cs in SciPy, NumPy and scikit-learn: python3 peers.py CASE TYPE ROWS... prints one JSON object a line.

Start it with OMP_NUM_THREADS=1 and the like, as PeerComparison.cs does. A case is a function of the reference and the current sample; its
name is the one in PeerCases.cs, and what it returns is compared with this library's result.
"""
import json
import sys
import time

import numpy as np
from scipy import stats

SEED = 42


def draws(seed, count):
    """SplitMix64 by position, the same stream as PeerData.cs: the sum of three uniform numbers less 1.5, free of rounding differences."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, count * 3 + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    uniform = ((z >> np.uint64(11)) * 2.0**-53).reshape(count, 3)
    return uniform[:, 0] + uniform[:, 1] + uniform[:, 2] - 1.5


def psi(reference, current):
    edges = np.percentile(reference, np.arange(10, 100, 10))
    edges = np.concatenate(([-np.inf], edges, [np.inf]))
    p, q = (np.histogram(sample, edges)[0] / len(sample) for sample in (reference, current))
    return np.sum((q - p) * np.log(q / p))


def deciles(sample):
    return np.linspace(-1.5, 1.5, 11).astype(sample.dtype)


CASES = {
    "ks": lambda x, y: stats.ks_2samp(x, y).statistic,
    "ks_fitted": lambda x, y: stats.ks_2samp(x, y).statistic,
    "mannwhitney": lambda x, y: stats.mannwhitneyu(x, y).statistic,
    "cramervonmises": lambda x, y: stats.cramervonmises_2samp(x, y).statistic,
    "wasserstein": stats.wasserstein_distance,
    "wasserstein_fitted": stats.wasserstein_distance,
    "energy": stats.energy_distance,
    "psi": psi,
    "histogram10": lambda x, y: np.histogram(y, deciles(y))[0][3],
    "histogram50": lambda x, y: np.histogram(y, np.linspace(-1.5, 1.5, 51).astype(y.dtype))[0][30],
    "uniform50": lambda x, y: np.histogram(y, 50, (-1.5, 1.5))[0][30],
    "moments": lambda x, y: [y.mean(), y.var()][1],
}


def main():
    case, kind, rows = sys.argv[1], sys.argv[2], [int(argument) for argument in sys.argv[3:]]
    for count in rows:
        reference, current = (draws(SEED + i, count).astype(kind) for i in (0, 1))
        times = []
        while len(times) < 3 or (len(times) < 100 and sum(times) < 1):
            if len(times) == 1 and times[0] > 20:
                break
            start = time.perf_counter()
            value = CASES[case](reference, current)
            times.append(time.perf_counter() - start)
        print(json.dumps({"rows": count, "milliseconds": float(np.median(times)) * 1e3, "value": float(value)}), flush=True)


if __name__ == "__main__":
    main()
