-- Versions of a data set; see core/data/README.md. parent, merged: snapshots from which this one descends, 0 none; what was there
-- before is one line in the order of its making. branch: '' has no name.
ALTER TABLE snapshot ADD COLUMN parent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE snapshot ADD COLUMN merged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE snapshot ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE snapshot ADD COLUMN branch TEXT NOT NULL DEFAULT '';
UPDATE snapshot SET parent = coalesce((SELECT max(p.id) FROM snapshot p WHERE p.id < snapshot.id), 0);
CREATE TABLE snapshot_tag (
    snapshot_id INTEGER NOT NULL REFERENCES snapshot (id), tag TEXT NOT NULL, PRIMARY KEY (snapshot_id, tag));

-- From which snapshots the present state descends: the last taken or restored; the other side of a merge.
INSERT INTO meta (key, value) SELECT 'version_head', CAST(coalesce(max(id), 0) AS TEXT) FROM snapshot;
INSERT INTO meta (key, value) VALUES ('version_merged', '0');

-- Test images that a snapshot froze: a split moves them only when told so.
CREATE TABLE frozen_test (
    image_id INTEGER PRIMARY KEY REFERENCES image (id), snapshot_id INTEGER NOT NULL REFERENCES snapshot (id));
CREATE INDEX frozen_test_snapshot ON frozen_test (snapshot_id);

-- What an operation over many images did besides labels, for its undo.
CREATE TABLE batch_split (
    batch INTEGER NOT NULL REFERENCES batch (id), image_id INTEGER NOT NULL REFERENCES image (id), before_split TEXT NOT NULL,
    after_split TEXT NOT NULL, PRIMARY KEY (batch, image_id));
