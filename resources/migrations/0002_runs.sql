-- The index of runs; a run's folder is the truth, see core/runs/run_folder.h. folder: below the workspace, or absolute (adopted).
CREATE TABLE run (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, task TEXT NOT NULL, model TEXT NOT NULL, snapshot TEXT NOT NULL,
    snapshot_name TEXT NOT NULL, author TEXT NOT NULL, state TEXT NOT NULL, message TEXT NOT NULL,
    best_metric TEXT NOT NULL, best_epoch DOUBLE PRECISION NOT NULL, best_value DOUBLE PRECISION NOT NULL,
    started DOUBLE PRECISION NOT NULL, seconds DOUBLE PRECISION NOT NULL, epoch DOUBLE PRECISION NOT NULL, epochs INTEGER NOT NULL,
    folder TEXT NOT NULL);
CREATE INDEX run_name ON run (name);
CREATE TABLE run_metric (
    run_id TEXT NOT NULL REFERENCES run (id), name TEXT NOT NULL, value DOUBLE PRECISION NOT NULL, PRIMARY KEY (run_id, name));
CREATE INDEX run_metric_name ON run_metric (name, value);
