CREATE TABLE runs (
    id TEXT NOT NULL PRIMARY KEY,
    experiment TEXT NOT NULL,
    name TEXT NOT NULL,
    status INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    heartbeat_at INTEGER NOT NULL,
    parent TEXT,
    failure TEXT,
    host TEXT NOT NULL,
    process_id INTEGER NOT NULL,
    process_start TEXT,
    event_count INTEGER NOT NULL DEFAULT 0,
    snapshot TEXT NOT NULL
);
CREATE INDEX runs_by_experiment ON runs (experiment, id);
CREATE INDEX runs_by_status ON runs (status, id);
CREATE INDEX runs_by_parent ON runs (parent, id) WHERE parent IS NOT NULL;

CREATE TABLE run_values (
    run_id TEXT NOT NULL REFERENCES runs (id),
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run_id, kind, name)
) WITHOUT ROWID;

CREATE TABLE run_artifacts (
    run_id TEXT NOT NULL REFERENCES runs (id),
    path TEXT NOT NULL,
    hash TEXT NOT NULL,
    length INTEGER NOT NULL,
    PRIMARY KEY (run_id, path)
) WITHOUT ROWID;

-- A NaN is a NULL: SQLite has no NaN.
-- The tables of bulk rows (points, online rows, predictions) declare no references: the ids they hold are read in the same transaction and never
-- deleted, and checking them again costs a third of every insert.
CREATE TABLE metrics (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs (id),
    name TEXT NOT NULL,
    latest_step INTEGER NOT NULL,
    latest_at INTEGER NOT NULL,
    latest_value REAL,
    UNIQUE (run_id, name)
);

CREATE TABLE metric_points (
    metric_id INTEGER NOT NULL,
    step INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    value REAL,
    PRIMARY KEY (metric_id, step, recorded_at, sequence)
) WITHOUT ROWID;

CREATE TABLE data_versions (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    row_count INTEGER,
    message TEXT,
    files TEXT NOT NULL,
    UNIQUE (name, number),
    UNIQUE (name, hash)
);

CREATE TABLE model_versions (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (name, number)
);

CREATE TABLE model_aliases (
    model TEXT NOT NULL,
    alias TEXT NOT NULL,
    version INTEGER NOT NULL,
    moved_at INTEGER NOT NULL,
    PRIMARY KEY (model, alias)
) WITHOUT ROWID;

CREATE TABLE audit_entries (
    id INTEGER PRIMARY KEY,
    model TEXT NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX audit_entries_by_model ON audit_entries (model, id);

CREATE TABLE pipeline_runs (
    id TEXT NOT NULL PRIMARY KEY,
    pipeline TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    succeeded INTEGER,
    failure TEXT
);
CREATE INDEX pipeline_runs_by_pipeline ON pipeline_runs (pipeline, id);

CREATE TABLE pipeline_steps (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL,
    step TEXT NOT NULL,
    outcome INTEGER NOT NULL,
    cache_key TEXT NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (run_id, step)
);
CREATE INDEX pipeline_steps_by_key ON pipeline_steps (cache_key, id);

CREATE TABLE online_views (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    newest_at INTEGER
);

CREATE TABLE online_rows (
    view_id INTEGER NOT NULL,
    entity_key TEXT NOT NULL,
    event_at INTEGER NOT NULL,
    row_id TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (view_id, entity_key, event_at, row_id)
) WITHOUT ROWID;

CREATE TABLE prediction_inputs (
    id INTEGER PRIMARY KEY,
    names TEXT NOT NULL UNIQUE
);

CREATE TABLE prediction_models (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE predictions (
    model_id INTEGER NOT NULL,
    event_at INTEGER NOT NULL,
    id TEXT NOT NULL,
    model_version INTEGER NOT NULL,
    score REAL,
    outcome REAL,
    has_outcome INTEGER NOT NULL DEFAULT 0,
    latency INTEGER NOT NULL,
    input_id INTEGER NOT NULL,
    inputs BLOB NOT NULL,
    PRIMARY KEY (model_id, event_at, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX predictions_by_id ON predictions (model_id, id);

CREATE TABLE monitoring_windows (
    model TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (model, start_at)
) WITHOUT ROWID;
