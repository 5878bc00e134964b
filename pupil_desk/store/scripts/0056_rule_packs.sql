-- Packs of rules: signed files with newer law than the program ships with, as they were read in. One that was taken back stays on file.
CREATE TABLE rule_pack (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  number INTEGER NOT NULL,
  content BLOB NOT NULL,
  at TEXT NOT NULL,
  taken_by TEXT NOT NULL
) STRICT;
CREATE TRIGGER rule_pack_keep BEFORE UPDATE ON rule_pack BEGIN SELECT raise(ABORT, 'append-only: rule_pack'); END;
CREATE TRIGGER rule_pack_stay BEFORE DELETE ON rule_pack BEGIN SELECT raise(ABORT, 'append-only: rule_pack'); END;

CREATE TABLE rule_pack_undone (
  seq INTEGER PRIMARY KEY,
  pack_id TEXT NOT NULL UNIQUE REFERENCES rule_pack (id),
  at TEXT NOT NULL,
  undone_by TEXT NOT NULL
) STRICT;
CREATE TRIGGER rule_pack_undone_keep BEFORE UPDATE ON rule_pack_undone BEGIN SELECT raise(ABORT, 'append-only: rule_pack_undone'); END;
CREATE TRIGGER rule_pack_undone_stay BEFORE DELETE ON rule_pack_undone BEGIN SELECT raise(ABORT, 'append-only: rule_pack_undone'); END;
