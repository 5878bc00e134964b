-- Duplicates: a record that stands for another. A person says that two records are of one; nothing is rewritten, and it can be parted again.
-- «same_as» is the record kept, never one that itself stands for another; it follows from the events in «merging».
ALTER TABLE pupil ADD COLUMN same_as TEXT REFERENCES pupil (id);
ALTER TABLE contact ADD COLUMN same_as TEXT REFERENCES contact (id);
-- Few rows have it: these two small indexes answer for every row of a list whether there is another record of the person.
CREATE INDEX pupil_merged ON pupil (id, same_as) WHERE same_as IS NOT NULL;
CREATE INDEX pupil_kept ON pupil (same_as, id) WHERE same_as IS NOT NULL;
CREATE INDEX contact_merged ON contact (id, same_as) WHERE same_as IS NOT NULL;

-- What was said of two records: «merged» (the record stands for kept_id), «parted» (no more), «apart» (they are two people).
-- «record_id» is a pupil's or a contact's row, by «kind»; «pupil_id» is whose it is. «act» is the transaction, whose amendments are put back on parting.
CREATE TABLE merging (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  kept_id TEXT NOT NULL,
  what TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX merging_by_pupil ON merging (pupil_id);
CREATE INDEX merging_by_record ON merging (record_id);
CREATE INDEX merging_by_kept ON merging (kept_id);
CREATE TRIGGER merging_keep BEFORE UPDATE ON merging BEGIN SELECT raise(ABORT, 'append-only: merging'); END;
CREATE TRIGGER merging_stay BEFORE DELETE ON merging
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' merging ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: merging'); END;
CREATE TRIGGER merging_erasing BEFORE INSERT ON merging
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' merging ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: merging'); END;
CREATE TRIGGER merging_no_replace BEFORE INSERT ON merging
  WHEN EXISTS (SELECT 1 FROM merging WHERE id = NEW.id OR seq = NEW.seq)
  BEGIN SELECT raise(ABORT, 'append-only: merging'); END;
