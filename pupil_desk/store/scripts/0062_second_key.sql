-- Second keys: restricted notes are encrypted under one that only those have who may read them. Here stands the public half, by which
-- anybody encrypts; the private half is in the slots beside the file, sealed to each who holds it. The last of a room counts. One with a
-- «user_id» is a person's own: for what they wrote themselves, and for their drafts.
CREATE TABLE second_key (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  room TEXT NOT NULL,
  user_id TEXT,
  public TEXT NOT NULL,
  at TEXT NOT NULL,
  made_by TEXT NOT NULL
) STRICT;
CREATE TRIGGER second_key_keep BEFORE UPDATE ON second_key BEGIN SELECT raise(ABORT, 'append-only: second_key'); END;
CREATE TRIGGER second_key_stay BEFORE DELETE ON second_key BEGIN SELECT raise(ABORT, 'append-only: second_key'); END;

-- A row names the key under which it is encrypted; where it names none, none was made yet. Who wrote a note has it under their own key too.
ALTER TABLE restricted_note ADD COLUMN own_body TEXT;
ALTER TABLE restricted_note ADD COLUMN own_key_id TEXT;
ALTER TABLE pack_mark ADD COLUMN key_id TEXT;
ALTER TABLE draft ADD COLUMN key_id TEXT;

-- Nothing of a row may change but the key under which it is encrypted, and with it the cell.
DROP TRIGGER restricted_note_keep;
CREATE TRIGGER restricted_note_keep BEFORE UPDATE ON restricted_note
  WHEN NEW.key_id IS NULL OR NEW.key_id IS OLD.key_id
    OR json_array(NEW.seq, NEW.id, NEW.pupil_id, NEW.note_id, NEW.at, NEW.recorded_by)
      <> json_array(OLD.seq, OLD.id, OLD.pupil_id, OLD.note_id, OLD.at, OLD.recorded_by)
  BEGIN SELECT raise(ABORT, 'append-only: restricted_note'); END;
DROP TRIGGER pack_mark_keep;
CREATE TRIGGER pack_mark_keep BEFORE UPDATE ON pack_mark
  WHEN NEW.section <> 'restricted_notes' OR NEW.key_id IS NULL OR NEW.key_id IS OLD.key_id
    OR json_array(NEW.seq, NEW.id, NEW.pack_id, NEW.pupil_id, NEW.section, NEW.field, NEW.key, NEW.start, NEW.stop, NEW.whose, NEW.said,
        NEW.reason, NEW.by_hand, NEW.at, NEW.said_by)
      <> json_array(OLD.seq, OLD.id, OLD.pack_id, OLD.pupil_id, OLD.section, OLD.field, OLD.key, OLD.start, OLD.stop, OLD.whose, OLD.said,
        OLD.reason, OLD.by_hand, OLD.at, OLD.said_by)
  BEGIN SELECT raise(ABORT, 'append-only: pack_mark'); END;
