-- Summaries of a metric's points, kept up as points arrive. A NaN is a NULL and counts as a point; min and max are NULL while all points are NaN.
ALTER TABLE metrics ADD COLUMN point_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE metrics ADD COLUMN first_step INTEGER NOT NULL DEFAULT 0;
ALTER TABLE metrics ADD COLUMN first_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE metrics ADD COLUMN first_value REAL;
ALTER TABLE metrics ADD COLUMN min_value REAL;
ALTER TABLE metrics ADD COLUMN max_value REAL;
-- For rows of before (SQLite)
UPDATE metrics SET
    point_count = (SELECT count(*) FROM metric_points p WHERE p.metric_id = metrics.id),
    min_value = (SELECT min(p.value) FROM metric_points p WHERE p.metric_id = metrics.id),
    max_value = (SELECT max(p.value) FROM metric_points p WHERE p.metric_id = metrics.id),
    first_step = coalesce(
        (SELECT p.step FROM metric_points p WHERE p.metric_id = metrics.id ORDER BY p.step, p.recorded_at, p.sequence LIMIT 1), latest_step),
    first_at = coalesce(
        (SELECT p.recorded_at FROM metric_points p WHERE p.metric_id = metrics.id ORDER BY p.step, p.recorded_at, p.sequence LIMIT 1), latest_at),
    first_value =
        (SELECT p.value FROM metric_points p WHERE p.metric_id = metrics.id ORDER BY p.step, p.recorded_at, p.sequence LIMIT 1);
-- For all rows
CREATE INDEX metrics_by_latest ON metrics (name, latest_value, run_id);
CREATE INDEX metrics_by_min ON metrics (name, min_value, run_id);
CREATE INDEX metrics_by_max ON metrics (name, max_value, run_id);

-- What a parameter or tag is as a number; NULL where it is none. A REAL column keeps what is no number as the text that it was.
ALTER TABLE run_values ADD COLUMN number REAL;
-- For rows of before (SQLite)
UPDATE run_values SET number = value WHERE kind IN (1, 2) AND value = trim(value);
UPDATE run_values SET number = NULL WHERE typeof(number) = 'text' OR abs(number) > 1.7976931348623157e308;
-- For all rows

-- The beginning of a value is enough to find it by, and values may be longer than an index takes.
CREATE INDEX run_values_by_value ON run_values (kind, name, substr(value, 1, 64), run_id);
CREATE INDEX run_values_by_number ON run_values (kind, name, number, run_id) WHERE number IS NOT NULL;

-- What a run read, taken apart: 'name@version sha256:digest', or a name alone.
CREATE TABLE run_datasets (
    run_id TEXT NOT NULL REFERENCES runs (id),
    context TEXT NOT NULL,
    name TEXT NOT NULL,
    digest TEXT,
    PRIMARY KEY (run_id, context)
) WITHOUT ROWID;
-- For rows of before (SQLite)
INSERT INTO run_datasets (run_id, context, name, digest)
SELECT run_id, name,
    CASE WHEN instr(value, ' sha256:') = 0 THEN value
        WHEN instr(value, '@') > 1 AND instr(value, '@') < instr(value, ' sha256:') THEN substr(value, 1, instr(value, '@') - 1)
        ELSE substr(value, 1, instr(value, ' sha256:') - 1) END,
    CASE WHEN instr(value, ' sha256:') > 0 THEN substr(value, instr(value, ' sha256:') + 8) END
FROM run_values WHERE kind = 3;
-- For all rows
CREATE INDEX run_datasets_by_name ON run_datasets (name, run_id);

DROP INDEX runs_by_experiment;
DROP INDEX runs_by_status;
CREATE INDEX runs_by_start ON runs (started_at, id);
CREATE INDEX runs_by_experiment ON runs (experiment, started_at, id);
CREATE INDEX runs_by_status ON runs (status, started_at, id);
