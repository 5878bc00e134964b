-- Letters by template.
-- One row an edition of a template: a changed one, and one taken out of use, are further rows of the same «template_id», and the last
-- counts. Those that ship with the program come here when the first letter by them is printed.
CREATE TABLE letter_template (
  id TEXT PRIMARY KEY,
  template_id TEXT NOT NULL,
  edition INTEGER NOT NULL,
  name TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  retired INTEGER NOT NULL DEFAULT 0,
  at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  UNIQUE (template_id, edition)
) STRICT;
CREATE TRIGGER letter_template_keep BEFORE UPDATE ON letter_template BEGIN SELECT raise(ABORT, 'append-only: letter_template'); END;
CREATE TRIGGER letter_template_stay BEFORE DELETE ON letter_template BEGIN SELECT raise(ABORT, 'append-only: letter_template'); END;

-- Which letter was printed about whom, for whom and when. What it said follows from the edition; its bytes are not kept.
CREATE TABLE letter_sent (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  template_edition TEXT NOT NULL REFERENCES letter_template (id),
  contact_id TEXT REFERENCES contact (id),
  letter TEXT NOT NULL,
  sent_to TEXT NOT NULL,
  "on" TEXT NOT NULL,
  at TEXT NOT NULL,
  issued_by TEXT NOT NULL
) STRICT;
CREATE INDEX letter_sent_by_pupil ON letter_sent (pupil_id);
CREATE TRIGGER letter_sent_keep BEFORE UPDATE ON letter_sent BEGIN SELECT raise(ABORT, 'append-only: letter_sent'); END;
CREATE TRIGGER letter_sent_stay BEFORE DELETE ON letter_sent
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' letter_sent ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: letter_sent'); END;
CREATE TRIGGER letter_sent_erasing BEFORE INSERT ON letter_sent
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' letter_sent ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: letter_sent'); END;
