-- Three sheets on paper of which any two open the key of the restricted notes, should nobody hold it any more. The last set counts. What stands
-- here opens nothing without two of the codes, which are nowhere kept.
CREATE TABLE second_key_sheets (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  room TEXT NOT NULL,
  public TEXT NOT NULL,
  wraps TEXT NOT NULL,
  at TEXT NOT NULL,
  made_by TEXT NOT NULL
) STRICT;
CREATE TRIGGER second_key_sheets_keep BEFORE UPDATE ON second_key_sheets BEGIN SELECT raise(ABORT, 'append-only: second_key_sheets'); END;
CREATE TRIGGER second_key_sheets_stay BEFORE DELETE ON second_key_sheets BEGIN SELECT raise(ABORT, 'append-only: second_key_sheets'); END;
CREATE TABLE second_key_on_sheets (
  sheets_id TEXT NOT NULL REFERENCES second_key_sheets (id),
  key_id TEXT NOT NULL REFERENCES second_key (id),
  sealed TEXT NOT NULL,
  PRIMARY KEY (sheets_id, key_id)
) STRICT;
CREATE TRIGGER second_key_on_sheets_keep BEFORE UPDATE ON second_key_on_sheets BEGIN SELECT raise(ABORT, 'append-only: second_key_on_sheets'); END;
CREATE TRIGGER second_key_on_sheets_stay BEFORE DELETE ON second_key_on_sheets BEGIN SELECT raise(ABORT, 'append-only: second_key_on_sheets'); END;
