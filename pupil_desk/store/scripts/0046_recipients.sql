-- With whom the unit works, by their own names: whoever stands here the notice names, and nobody else of that kind can be told.
ALTER TABLE settings ADD COLUMN told_schools TEXT;
ALTER TABLE settings ADD COLUMN told_social_care TEXT;
ALTER TABLE settings ADD COLUMN told_virtual_school TEXT;
ALTER TABLE settings ADD COLUMN told_youth_justice TEXT;
ALTER TABLE settings ADD COLUMN told_school_nurse TEXT;
ALTER TABLE settings ADD COLUMN told_exam_boards TEXT;
ALTER TABLE settings ADD COLUMN told_transport TEXT;
ALTER TABLE settings ADD COLUMN told_providers TEXT;

-- Who was told, by name in the register of recipients, or that of an export of the unit's own; empty of what was told before this was kept.
ALTER TABLE disclosure ADD COLUMN told_to TEXT NOT NULL DEFAULT '';

-- Whether the family may know of one thing told, and why not: the last word of several counts. Without one, what was sent by the program may
-- be known, and what was told by word as the recipient's place in the register says.
CREATE TABLE disclosure_family (
  seq INTEGER PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  disclosure INTEGER NOT NULL REFERENCES disclosure (seq),
  may_know INTEGER NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  said_by TEXT NOT NULL
) STRICT;
CREATE INDEX disclosure_family_by_pupil ON disclosure_family (pupil_id);
CREATE INDEX disclosure_family_by_disclosure ON disclosure_family (disclosure);
CREATE TRIGGER disclosure_family_keep BEFORE UPDATE ON disclosure_family BEGIN SELECT raise(ABORT, 'append-only: disclosure_family'); END;
CREATE TRIGGER disclosure_family_stay BEFORE DELETE ON disclosure_family
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' disclosure_family ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: disclosure_family'); END;
CREATE TRIGGER disclosure_family_erasing BEFORE INSERT ON disclosure_family
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' disclosure_family ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: disclosure_family'); END;
