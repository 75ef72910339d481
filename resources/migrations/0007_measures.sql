-- What a picture is like, for filters and facets: measured when it comes in; -1 not known. bytes: size of the file.
ALTER TABLE image ADD COLUMN sharpness DOUBLE PRECISION NOT NULL DEFAULT -1;
ALTER TABLE image ADD COLUMN entropy DOUBLE PRECISION NOT NULL DEFAULT -1;
ALTER TABLE image ADD COLUMN colourfulness DOUBLE PRECISION NOT NULL DEFAULT -1;
ALTER TABLE image ADD COLUMN bytes INTEGER NOT NULL DEFAULT -1;
-- Searches that are kept by name.
CREATE TABLE saved_view (name TEXT PRIMARY KEY, query TEXT NOT NULL, author TEXT NOT NULL, at DOUBLE PRECISION NOT NULL);
