-- What became of each row of a file read in: the numbers of those of which nothing was taken, with commas between.
ALTER TABLE import_made ADD COLUMN not_decided TEXT NOT NULL DEFAULT '';
ALTER TABLE import_made ADD COLUMN rows_left_out TEXT NOT NULL DEFAULT '';
-- The name of a file read in. It may name a pupil, and goes when one of that name, or the only one in it, is erased.
CREATE TABLE import_file (
  import_id TEXT PRIMARY KEY REFERENCES import_made (id),
  name TEXT NOT NULL
) STRICT;
