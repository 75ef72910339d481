-- Workspace records; see core/store/README.md. One statement ends with ';' at the end of a line.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO meta (key, value) VALUES ('records', '0');
INSERT INTO meta (key, value) VALUES ('images', '0');
INSERT INTO meta (key, value) VALUES ('frozen_doc', '0');

CREATE TABLE class (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, colour TEXT NOT NULL, hotkey TEXT NOT NULL DEFAULT '',
    parent TEXT NOT NULL DEFAULT '', extra TEXT NOT NULL DEFAULT '');

-- All objects of one image; a row with an id above meta.frozen_doc may be changed in place, the others are named by snapshots.
CREATE TABLE annotation_doc (id INTEGER PRIMARY KEY, digest TEXT NOT NULL, objects INTEGER NOT NULL, body BLOB NOT NULL);

-- Never deleted, only excluded. path: below the workspace (copied) or absolute (linked). digest '' while the file is missing.
CREATE TABLE image (
    id INTEGER PRIMARY KEY, digest TEXT NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, channels INTEGER NOT NULL,
    split TEXT NOT NULL, state TEXT NOT NULL, added DOUBLE PRECISION NOT NULL,
    brightness DOUBLE PRECISION NOT NULL, contrast DOUBLE PRECISION NOT NULL, missing INTEGER NOT NULL,
    doc_id INTEGER NOT NULL DEFAULT 0, next_annotation INTEGER NOT NULL DEFAULT 1);
CREATE UNIQUE INDEX image_name ON image (name);
CREATE INDEX image_digest ON image (digest);

-- Unknown fields of foreign files as JSON: per image here, of whole sets in import.
CREATE TABLE image_extra (image_id INTEGER PRIMARY KEY REFERENCES image (id), body TEXT NOT NULL);
CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE image_tag (
    tag_id INTEGER NOT NULL REFERENCES tag (id), image_id INTEGER NOT NULL REFERENCES image (id), PRIMARY KEY (tag_id, image_id));

-- Append only. op: edit, undo, redo (ref: the edit's seq) or import (body: empty).
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY, image_id INTEGER NOT NULL REFERENCES image (id), at DOUBLE PRECISION NOT NULL, author TEXT NOT NULL,
    op TEXT NOT NULL, ref INTEGER NOT NULL DEFAULT 0, label TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX journal_image ON journal (image_id, seq, op, ref);

CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY, digest TEXT NOT NULL, name TEXT NOT NULL UNIQUE, author TEXT NOT NULL, at DOUBLE PRECISION NOT NULL,
    images INTEGER NOT NULL, annotations INTEGER NOT NULL, splits TEXT NOT NULL, classes TEXT NOT NULL, query TEXT NOT NULL,
    blocks TEXT NOT NULL);
CREATE TABLE snapshot_block (digest TEXT PRIMARY KEY, body BLOB NOT NULL);

CREATE TABLE import (
    id INTEGER PRIMARY KEY, at DOUBLE PRECISION NOT NULL, author TEXT NOT NULL, source TEXT NOT NULL, format TEXT NOT NULL,
    state TEXT NOT NULL, report TEXT NOT NULL, extra TEXT NOT NULL);
CREATE TABLE import_problem (
    id INTEGER PRIMARY KEY, import_id INTEGER NOT NULL REFERENCES import (id), item TEXT NOT NULL, code TEXT NOT NULL,
    message TEXT NOT NULL);
CREATE INDEX import_problem_import ON import_problem (import_id);
