-- What an export said, so that it can be compared with today; and what became of it: handed over, taken off the stick.
ALTER TABLE settings ADD COLUMN confirm_days INTEGER NOT NULL DEFAULT 14;

-- Of an export: the salt of its digests, its sheets with their columns, whether pupils were asked for by name, and what its receipt says,
-- each as JSON. It names nobody, and stays; «told» is how many pupils were told.
CREATE TABLE export_frozen (
  export_id TEXT PRIMARY KEY REFERENCES export_made (id),
  salt BLOB NOT NULL,
  sheets TEXT NOT NULL,
  by_name INTEGER NOT NULL,
  told INTEGER NOT NULL,
  receipt TEXT NOT NULL
) STRICT;

-- Of an export and a pupil: told (to whom, where several are), left out («reason» as the receipt has it), or asked for by name and neither.
-- «rows» holds each row's sheet, key and a salted digest of each value (services/exports/digests.py); «cells» is how many. No value is in it.
CREATE TABLE export_row (
  seq INTEGER PRIMARY KEY,
  export_id TEXT NOT NULL REFERENCES export_made (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  recipient TEXT NOT NULL,
  kind TEXT NOT NULL,
  level TEXT NOT NULL,
  reason TEXT NOT NULL,
  confirmed INTEGER NOT NULL,
  cells INTEGER NOT NULL,
  rows BLOB NOT NULL
) STRICT;
CREATE INDEX export_row_by_export ON export_row (export_id);
CREATE INDEX export_row_by_pupil ON export_row (pupil_id);

-- What was done about an export since: delivered, taken off the stick, its content deleted. The last word of a kind counts.
CREATE TABLE export_event (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  export_id TEXT NOT NULL REFERENCES export_made (id),
  what TEXT NOT NULL,
  "on" TEXT NOT NULL,
  how TEXT NOT NULL DEFAULT '',
  to_whom TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX export_event_by_export ON export_event (export_id);

-- The files themselves, only where a data officer asked for it, until a day. They go whole: by a person's word, which is an event,
-- or with an order to erase anybody who is in them.
CREATE TABLE export_content (
  export_id TEXT NOT NULL REFERENCES export_made (id),
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  data BLOB NOT NULL,
  until TEXT NOT NULL,
  PRIMARY KEY (export_id, number)
) STRICT;

CREATE TRIGGER export_frozen_keep BEFORE UPDATE ON export_frozen BEGIN SELECT raise(ABORT, 'append-only: export_frozen'); END;
CREATE TRIGGER export_frozen_stay BEFORE DELETE ON export_frozen BEGIN SELECT raise(ABORT, 'append-only: export_frozen'); END;
CREATE TRIGGER export_row_keep BEFORE UPDATE ON export_row BEGIN SELECT raise(ABORT, 'append-only: export_row'); END;
CREATE TRIGGER export_row_stay BEFORE DELETE ON export_row
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' export_row ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: export_row'); END;
CREATE TRIGGER export_row_erasing BEFORE INSERT ON export_row
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' export_row ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: export_row'); END;
CREATE TRIGGER export_event_keep BEFORE UPDATE ON export_event BEGIN SELECT raise(ABORT, 'append-only: export_event'); END;
CREATE TRIGGER export_event_stay BEFORE DELETE ON export_event BEGIN SELECT raise(ABORT, 'append-only: export_event'); END;
CREATE TRIGGER export_content_keep BEFORE UPDATE ON export_content BEGIN SELECT raise(ABORT, 'append-only: export_content'); END;
CREATE TRIGGER export_content_stay BEFORE DELETE ON export_content
  WHEN NOT EXISTS (SELECT 1 FROM export_event WHERE export_id = OLD.export_id AND what = 'content-deleted')
    AND NOT EXISTS (SELECT 1 FROM erasure_order o JOIN export_row r ON r.export_id = OLD.export_id WHERE o.closed_at IS NULL AND o.pupil_id IN ('', r.pupil_id))
  BEGIN SELECT raise(ABORT, 'append-only: export_content'); END;
