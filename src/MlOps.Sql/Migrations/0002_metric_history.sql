CREATE TABLE metric_history (
    id INTEGER PRIMARY KEY,
    series TEXT NOT NULL,
    at INTEGER NOT NULL,
    value REAL NOT NULL,
    reference TEXT
);
CREATE INDEX metric_history_by_series ON metric_history (series, at, id);
