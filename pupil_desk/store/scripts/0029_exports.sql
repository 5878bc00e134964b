-- What an export was, in full, so that it can be told when the program no longer has one of that name; and all its files.
ALTER TABLE export_made ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE export_made ADD COLUMN basis TEXT NOT NULL DEFAULT '';
ALTER TABLE export_made ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
ALTER TABLE export_made ADD COLUMN spec TEXT NOT NULL DEFAULT '';
ALTER TABLE export_made ADD COLUMN format TEXT NOT NULL DEFAULT 'csv';
ALTER TABLE export_made ADD COLUMN lock TEXT NOT NULL DEFAULT '';
ALTER TABLE export_made ADD COLUMN since TEXT;
ALTER TABLE export_made ADD COLUMN until TEXT;
ALTER TABLE export_made ADD COLUMN provider TEXT;

CREATE TABLE export_file (
  export_id TEXT NOT NULL REFERENCES export_made (id),
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (export_id, number)
) STRICT;
CREATE TRIGGER export_file_keep BEFORE UPDATE ON export_file BEGIN SELECT raise(ABORT, 'append-only: export_file'); END;
CREATE TRIGGER export_file_stay BEFORE DELETE ON export_file BEGIN SELECT raise(ABORT, 'append-only: export_file'); END;
