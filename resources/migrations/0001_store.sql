-- Workspace records; see core/store/README.md. One statement ends with ';' at the end of a line.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
