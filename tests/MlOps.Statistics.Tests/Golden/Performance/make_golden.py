"""Writes golden.json: NannyML 0.13.1's published estimates without labels in NumPy and scikit-learn (1.24.2, 1.2.1).

Run as /usr/bin/python3 make_golden.py > golden.json. NannyML rounds counts to five digits on the way to ROC AUC and average precision; here
nothing is rounded. Inputs are described by seed, so that the file stays small; Draws.cs has the same generator.
"""
import json

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import auc

MASK = (1 << 64) - 1


class Draws:
    def __init__(self, state):
        self.state = state

    def uniform(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1 << 53))


def roc_auc(chances, scores):
    """The curve of expected counts, from the greatest score down."""
    down = np.argsort(scores)[::-1]
    true = np.r_[0, np.cumsum(chances[down])]
    false = np.arange(len(true)) - true
    return auc(false / false[-1], true / true[-1])


def average_precision(chances, scores):
    down = np.argsort(scores)[::-1]
    true = np.cumsum(chances[down])
    return np.sum(np.diff(np.r_[0, true / true[-1]]) * true / np.arange(1, len(true) + 1))


def counts(chances, predicted):
    """True positives, false positives, false negatives and true negatives, each row at its chances."""
    return (chances[predicted].sum(), (1 - chances[predicted]).sum(), chances[~predicted].sum(), (1 - chances[~predicted]).sum())


def shares(chances, predicted):
    tp, fp, fn, tn = counts(chances, predicted)
    return dict(f1=tp / (tp + 0.5 * (fp + fn)), precision=tp / (tp + fp), recall=tp / (tp + fn), specificity=tn / (tn + fp))


def calibrated(reference, labels, scores):
    return IsotonicRegression(out_of_bounds="clip", increasing=True).fit(reference, labels).predict(scores)


def binary(seed, n, m, calibrate):
    draws = Draws(seed)
    reference = np.array([draws.uniform() for _ in range(n)])
    labels = np.array([draws.uniform() < s * s for s in reference])
    scores = np.array([draws.uniform() for _ in range(m)])
    chances = calibrated(reference, labels, scores) if calibrate else scores
    predicted = scores >= 0.5
    tp, fp, fn, tn = counts(chances, predicted)
    return dict(seed=seed, n=n, m=m, calibrate=calibrate, rocAuc=roc_auc(chances, scores),
                averagePrecision=average_precision(chances, scores), accuracy=(tp + tn) / m, counts=[tp, fp, fn, tn], **shares(chances, predicted))


def table(draws, rows, classes):
    parts = np.array([[draws.uniform() for _ in range(classes)] for _ in range(rows)])
    return parts / parts.sum(1)[:, None]


def multiclass(seed, n, m, classes, calibrate):
    draws = Draws(seed)
    reference = table(draws, n, classes)
    labels = np.array([int(np.searchsorted(np.cumsum(row**2 / (row**2).sum())[:-1], draws.uniform(), side="right")) for row in reference])
    scores = table(draws, m, classes)
    predictions = scores.argmax(1)
    chances = scores
    if calibrate:
        chances = np.array([calibrated(reference[:, k], labels == k, scores[:, k]) for k in range(classes)]).T
        total = chances.sum(1)[:, None]
        chances = np.divide(chances, total, out=np.full_like(chances, 1 / classes), where=total != 0)
    each = [shares(chances[:, k], predictions == k) for k in range(classes)]
    return dict(seed=seed, n=n, m=m, classes=classes, calibrate=calibrate,
                rocAuc=np.mean([roc_auc(chances[:, k], scores[:, k]) for k in range(classes)]),
                averagePrecision=np.mean([average_precision(chances[:, k], scores[:, k]) for k in range(classes)]),
                accuracy=np.mean(chances[np.arange(m), predictions]),
                confusion=[[float(chances[predictions == j, i].sum()) for j in range(classes)] for i in range(classes)],
                **{name: np.mean([shares_of[name] for shares_of in each]) for name in each[0]})


if __name__ == "__main__":
    print(json.dumps(dict(
        binary=[binary(1, 500, 200, False), binary(2, 500, 300, True), binary(3, 3000, 1000, True), binary(4, 60, 40, True)],
        multiclass=[multiclass(5, 400, 200, 3, False), multiclass(6, 400, 200, 3, True), multiclass(7, 2000, 500, 5, True)]), indent=1))
