-- Points of a metric, sorted and packed by columns (MetricChunk); metric_points holds those that earlier versions wrote, and is only read.
-- The least sequence number of a chunk names it: no two chunks of a metric share a point.
CREATE TABLE metric_chunks (
    metric_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    point_count INTEGER NOT NULL,
    first_step INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_step INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    extremes BLOB,
    content BLOB NOT NULL,
    PRIMARY KEY (metric_id, sequence)
);
