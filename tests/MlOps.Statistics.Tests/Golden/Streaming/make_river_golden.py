"""Writes river.json, where river's detectors change their answer: python3 make_river_golden.py > river.json

Needs river 0.26 and SciPy. A row is a detector with its arguments on a seeded stream, and the positions (from 0) at which its state becomes
another, with the first letter of that state: none, warning, drift.
"""
import json

from river import drift

MASK = (1 << 64) - 1
COUNT, LENGTH = 6000, 700


class Draws:
    """SplitMix64, the same stream as Draws.cs."""

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

    def sample(self, population, count):
        """Floyd's draw without replacement, in place of random.Random's."""
        drawn = []
        for last in range(len(population) - count, len(population)):
            age = (self.next() * (last + 1)) >> 64
            drawn.append(last if age in drawn else age)
        return drawn


def errors(seed):
    draws = Draws(seed)
    return [1 if draws.uniform() < (0.1, 0.4, 0.2)[i // LENGTH % 3] else 0 for i in range(COUNT)]


def numbers(seed):
    draws = Draws(seed)
    return [(0, 1.5, -1)[i // LENGTH % 3] + 3.5 * (draws.uniform() - 0.5) for i in range(COUNT)]


def states(detector, stream):
    for value in stream:
        detector.update(value)
        yield "d" if detector.drift_detected else "w" if getattr(detector, "warning_detected", False) else "n"


def changes(detector, stream):
    found, last = [], "n"
    for position, state in enumerate(states(detector, stream)):
        if state != last:
            found.append(f"{position}{state}")
            last = state
    return " ".join(found)


def kswin(seed, alpha, first):
    # After a drift river empties the window and begins its draws again; ours keeps the newest values, so the first drift alone can agree.
    detector = drift.KSWIN(alpha=alpha, seed=0)
    detector._rng = Draws(seed)
    return next((i for i, state in enumerate(states(detector, numbers(seed)[first:])) if state == "d"), -1)


rows = []
for seed in (1, 2, 3):
    rows.append(dict(detector="Ddm", seed=seed, changes=changes(drift.binary.DDM(), errors(seed))))
    rows.append(dict(detector="Eddm", seed=seed, changes=changes(drift.binary.EDDM(), errors(seed))))
    rows.append(dict(detector="Fhddm", seed=seed, changes=changes(drift.binary.FHDDM(), [1 - x for x in errors(seed)])))
    for both in (False, True):
        rows.append(dict(detector="HddmA", seed=seed, both=both, changes=changes(drift.binary.HDDM_A(two_sided_test=both), errors(seed))))
    for mode in ("Both", "Up", "Down"):
        for alpha in (0.9999, 1):
            detector = drift.PageHinkley(mode=mode.lower(), alpha=alpha)
            rows.append(dict(detector="PageHinkley", seed=seed, direction=mode, alpha=alpha, changes=changes(detector, numbers(seed))))

adwin = [dict(seed=seed, delta=delta, changes=changes(drift.ADWIN(delta=delta), numbers(seed))) for seed in (1, 2, 3, 4) for delta in (0.002, 0.2)]
first = [dict(seed=seed, alpha=alpha, start=start, drift=kswin(seed, alpha, start))
         for seed in range(1, 9) for alpha in (0.005, 0.0001) for start in (0, 500)]
print(json.dumps(dict(rows=rows, adwin=adwin, kswin=first), indent=0))
