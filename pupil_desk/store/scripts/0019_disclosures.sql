-- What was told of a pupil, to whom, on what law and when: by an export, on paper, in a pack that answers a request, or by word.
-- Each row says all of it itself, so that one that no export made stands beside one that did.
DROP TRIGGER disclosure_keep;
DROP TRIGGER disclosure_stay;
DROP TRIGGER disclosure_erasing;
DROP INDEX disclosure_by_pupil;
ALTER TABLE disclosure RENAME TO disclosure_of_export;
CREATE TABLE disclosure (
  seq INTEGER PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  export_id TEXT REFERENCES export_made (id),
  way TEXT NOT NULL,
  what TEXT NOT NULL,
  recipient TEXT NOT NULL,
  law TEXT NOT NULL,
  purpose TEXT NOT NULL,
  level TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  fields TEXT NOT NULL,
  "on" TEXT NOT NULL,
  at TEXT NOT NULL,
  told_by TEXT NOT NULL
) STRICT;
INSERT INTO disclosure
  SELECT d.seq, d.pupil_id, d.export_id, 'export', x.name, x.recipient, x.law, x.reason, d.level, d.decided_by, d.reason, d.fields,
    x.judged_on, x.at, x.made_by
  FROM disclosure_of_export d JOIN export_made x ON x.id = d.export_id ORDER BY d.seq;
DROP TABLE disclosure_of_export;
CREATE INDEX disclosure_by_pupil ON disclosure (pupil_id);
CREATE TRIGGER disclosure_keep BEFORE UPDATE ON disclosure BEGIN SELECT raise(ABORT, 'append-only: disclosure'); END;
CREATE TRIGGER disclosure_stay BEFORE DELETE ON disclosure
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' disclosure ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: disclosure'); END;
CREATE TRIGGER disclosure_erasing BEFORE INSERT ON disclosure
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' disclosure ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: disclosure'); END;
