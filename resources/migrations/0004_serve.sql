-- Serving targets and pushes; see core/serve/README.md. options, stages, parity: JSON. live, previous: digests.
CREATE TABLE target (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, url TEXT NOT NULL, options TEXT NOT NULL,
    live TEXT NOT NULL DEFAULT '', previous TEXT NOT NULL DEFAULT '');
CREATE TABLE push (
    id INTEGER PRIMARY KEY, target_id INTEGER NOT NULL REFERENCES target (id), model TEXT NOT NULL, digest TEXT NOT NULL,
    state TEXT NOT NULL, who TEXT NOT NULL, message TEXT NOT NULL, stages TEXT NOT NULL, parity TEXT NOT NULL,
    at DOUBLE PRECISION NOT NULL, seconds DOUBLE PRECISION NOT NULL);
CREATE INDEX push_target ON push (target_id, id);
