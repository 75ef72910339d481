-- Model packages and their review; see core/models/README.md. metrics: JSON. approver_key: Ed25519 public key in hex.
CREATE TABLE model (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, name TEXT NOT NULL, version INTEGER NOT NULL, task TEXT NOT NULL,
    run TEXT NOT NULL, state TEXT NOT NULL, author TEXT NOT NULL, submitted_by TEXT NOT NULL DEFAULT '',
    approved_by TEXT NOT NULL DEFAULT '', approver_key TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
    created DOUBLE PRECISION NOT NULL, decided DOUBLE PRECISION NOT NULL DEFAULT 0, metrics TEXT NOT NULL);
CREATE UNIQUE INDEX model_version ON model (name, version);

-- Append only: hash = SHA-256 over the row before it and this row, so that a changed or missing row shows.
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY, at DOUBLE PRECISION NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
    details TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL);
