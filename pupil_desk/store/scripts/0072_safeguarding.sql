-- Who is named, now for which room: to read restricted notes as before, or as safeguarding lead or deputy.
ALTER TABLE restricted_reader ADD COLUMN room TEXT NOT NULL DEFAULT 'restricted_notes';

-- Whether the unit keeps its safeguarding files here: not unless it says so.
ALTER TABLE settings ADD COLUMN keeps_safeguarding INTEGER NOT NULL DEFAULT 0;

-- Entries of the child protection files: each row is one wording, whole; the last one of an «entry_id» counts. All that it says, what kind
-- of entry it is and of which day among it, stands in «body», encrypted under the key of this room, which the safeguarding lead and deputies
-- hold. A row is never written without a key. Outside stand whose file it is, when the row was written, and by whom.
CREATE TABLE safeguarding_entry (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  entry_id TEXT NOT NULL,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  body TEXT NOT NULL,
  key_id TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
-- Nothing of a row may change but the key under which it is encrypted, and with it the cell.
CREATE TRIGGER safeguarding_entry_keep BEFORE UPDATE ON safeguarding_entry
  WHEN NEW.key_id IS NULL OR NEW.key_id IS OLD.key_id
    OR json_array(NEW.seq, NEW.id, NEW.entry_id, NEW.pupil_id, NEW.at, NEW.recorded_by)
      <> json_array(OLD.seq, OLD.id, OLD.entry_id, OLD.pupil_id, OLD.at, OLD.recorded_by)
  BEGIN SELECT raise(ABORT, 'append-only: safeguarding_entry'); END;
CREATE TRIGGER safeguarding_entry_stay BEFORE DELETE ON safeguarding_entry
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' safeguarding_entry ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: safeguarding_entry'); END;
CREATE TRIGGER safeguarding_entry_erasing BEFORE INSERT ON safeguarding_entry
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' safeguarding_entry ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: safeguarding_entry'); END;

-- A restricted note leaves only under an erasure order, or once its very wording stands in the safeguarding file of the same pupil.
DROP TRIGGER restricted_note_stay;
CREATE TRIGGER restricted_note_stay BEFORE DELETE ON restricted_note
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' restricted_note ') > 0))
  AND NOT EXISTS (SELECT 1 FROM safeguarding_entry e WHERE e.id = OLD.id AND e.pupil_id = OLD.pupil_id AND e.entry_id = OLD.note_id
    AND e.at = OLD.at AND e.recorded_by = OLD.recorded_by AND e.key_id IS NOT NULL)
  BEGIN SELECT raise(ABORT, 'append-only: restricted_note'); END;

CREATE INDEX safeguarding_entry_by_pupil ON safeguarding_entry (pupil_id);
CREATE INDEX safeguarding_entry_by_entry ON safeguarding_entry (entry_id);
