"""Times pandas' describe(include="all") of a CSV file: reading it and describing it, in milliseconds as JSON."""
import json
import sys
import time

import pandas

started = time.perf_counter()
frame = pandas.read_csv(sys.argv[1])
read = time.perf_counter()
frame.describe(include="all")
print(json.dumps({
    "version": pandas.__version__,
    "rows": len(frame),
    "read": (read - started) * 1000,
    "describe": (time.perf_counter() - read) * 1000,
}))
