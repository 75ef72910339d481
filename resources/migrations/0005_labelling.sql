-- Label schema, class operations, comments, states, time, people, suggestions; see core/store/README.md.
-- class.schema: JSON of what the columns don't hold. meta.image_schema: {"image": [attributes], "overlap": true}.
ALTER TABLE class ADD COLUMN schema TEXT NOT NULL DEFAULT '';
INSERT INTO meta (key, value) VALUES ('image_schema', '');

-- Merged (into_id) or deleted (0) classes: their ids are never given again, and an undo brings them back.
CREATE TABLE retired_class (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, colour TEXT NOT NULL, hotkey TEXT NOT NULL, parent TEXT NOT NULL,
    extra TEXT NOT NULL, schema TEXT NOT NULL, into_id INTEGER NOT NULL);

-- One operation over many images. classes: JSON, what it did to rows of class. Its entries in the journal carry its id.
CREATE TABLE batch (
    id INTEGER PRIMARY KEY, at DOUBLE PRECISION NOT NULL, author TEXT NOT NULL, label TEXT NOT NULL, images INTEGER NOT NULL,
    annotations INTEGER NOT NULL, undone INTEGER NOT NULL DEFAULT 0, classes TEXT NOT NULL);
ALTER TABLE journal ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;
CREATE INDEX journal_batch ON journal (batch) WHERE batch > 0;

-- Append only; the last row of an image holds. body: JSON of values, '' none.
CREATE TABLE image_attribute (
    seq INTEGER PRIMARY KEY, image_id INTEGER NOT NULL REFERENCES image (id), author TEXT NOT NULL, at DOUBLE PRECISION NOT NULL,
    body TEXT NOT NULL);
CREATE INDEX image_attribute_image ON image_attribute (image_id, seq);

-- Append only.
CREATE TABLE state_change (
    seq INTEGER PRIMARY KEY, image_id INTEGER NOT NULL REFERENCES image (id), author TEXT NOT NULL, at DOUBLE PRECISION NOT NULL,
    from_state TEXT NOT NULL, to_state TEXT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX state_change_image ON state_change (image_id, seq);

-- thread: the id of the thread's first comment. placed: are x and y given. annotation 0: not pinned to a shape.
CREATE TABLE comment (
    id INTEGER PRIMARY KEY, image_id INTEGER NOT NULL REFERENCES image (id), thread INTEGER NOT NULL, placed INTEGER NOT NULL,
    x DOUBLE PRECISION NOT NULL, y DOUBLE PRECISION NOT NULL, annotation INTEGER NOT NULL, author TEXT NOT NULL,
    at DOUBLE PRECISION NOT NULL, edited DOUBLE PRECISION NOT NULL, body TEXT NOT NULL, resolved INTEGER NOT NULL,
    resolved_by TEXT NOT NULL);
CREATE INDEX comment_image ON comment (image_id, thread, id);
CREATE INDEX comment_resolved ON comment (resolved, image_id);

CREATE TABLE image_time (
    image_id INTEGER NOT NULL REFERENCES image (id), author TEXT NOT NULL, seconds DOUBLE PRECISION NOT NULL,
    edits INTEGER NOT NULL, PRIMARY KEY (image_id, author));
CREATE TABLE shape_time (
    image_id INTEGER NOT NULL REFERENCES image (id), author TEXT NOT NULL, annotation INTEGER NOT NULL,
    seconds DOUBLE PRECISION NOT NULL, PRIMARY KEY (image_id, author, annotation));

CREATE TABLE person (name TEXT PRIMARY KEY, colour TEXT NOT NULL, role TEXT NOT NULL);

-- Open suggestions of an image by a run as one packed document. next_suggestion: ids are never used again.
CREATE TABLE suggestion (
    image_id INTEGER NOT NULL REFERENCES image (id), run TEXT NOT NULL, at DOUBLE PRECISION NOT NULL, open INTEGER NOT NULL,
    next_suggestion INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (image_id, run));
CREATE INDEX suggestion_run ON suggestion (run, open);

-- Append only: what became of each. annotation 0: never accepted. body: the suggestion, packed.
CREATE TABLE suggestion_outcome (
    seq INTEGER PRIMARY KEY, image_id INTEGER NOT NULL REFERENCES image (id), run TEXT NOT NULL, suggestion INTEGER NOT NULL,
    annotation INTEGER NOT NULL, outcome TEXT NOT NULL, author TEXT NOT NULL, at DOUBLE PRECISION NOT NULL,
    confidence DOUBLE PRECISION NOT NULL, class_id INTEGER NOT NULL, deed INTEGER NOT NULL, body BLOB NOT NULL);
CREATE INDEX suggestion_outcome_image ON suggestion_outcome (image_id, run, suggestion, seq);
CREATE INDEX suggestion_outcome_run ON suggestion_outcome (run, suggestion);
CREATE INDEX suggestion_outcome_annotation ON suggestion_outcome (image_id, annotation, seq);
