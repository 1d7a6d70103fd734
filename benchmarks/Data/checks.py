"""The work of CheckCases.cs in pandas and NumPy: python3 checks.py ROWS prints one JSON object of milliseconds by case."""
import json
import sys
import time

import numpy as np
import pandas as pd

rows = int(sys.argv[1])
random = np.random.default_rng(42)
carriers = [f"C{i:02}" for i in range(50)]
frame = pd.DataFrame({
    "id": random.permutation(rows),
    "amount": random.random(rows) * 1000,
    "seats": random.integers(1, 501, rows, dtype=np.int32),
    "carrier": random.choice(np.array(carriers, dtype=object), rows),
    "flight": [f"AB{n}" for n in random.integers(10, 999_999, rows)],
})
amount, seats = frame["amount"].to_numpy(), frame["seats"].to_numpy()


def length():
    lengths = frame["flight"].str.len()
    return ((lengths >= 4) & (lengths <= 8)).all()


SIX = {
    "not_null": lambda: frame["amount"].notna().all(),
    "between": lambda: ((amount >= 0) & (amount <= 1000)).all(),
    "in_set": lambda: frame["carrier"].isin(carriers).all(),
    # A fresh series: the index remembers its answer.
    "unique": lambda: pd.Series(frame["id"].to_numpy()).is_unique,
    "between_whole": lambda: ((seats >= 1) & (seats <= 500)).all(),
    "length": length,
}
CASES = SIX | {
    "pattern": lambda: frame["flight"].str.fullmatch("[A-Z0-9]{2}[0-9]{2,6}").all(),
    "expression": lambda: (((frame["amount"] > 0) & (frame["seats"] < 600)) | (frame["carrier"] == "C00")).all(),
    "six": lambda: all([case() for case in SIX.values()]),
}

result = {}
for name, case in CASES.items():
    assert case(), name
    times = []
    while len(times) < 5 or (len(times) < 1000 and sum(times) < 0.5):
        start = time.perf_counter()
        case()
        times.append(time.perf_counter() - start)
    result[name] = float(np.median(times)) * 1e3
print(json.dumps(result))
