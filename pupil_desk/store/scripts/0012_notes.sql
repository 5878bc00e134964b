-- Notes, and who may read a restricted one.
-- Each row is one wording of a note, whole: a correction, a note struck out and a follow-up done are further rows of the same
-- «note_id», and the last one counts. No row is ever written over.
CREATE TABLE note (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  note_id TEXT NOT NULL,
  category TEXT NOT NULL,
  text TEXT NOT NULL,
  day TEXT NOT NULL,
  follow_up TEXT,
  done_on TEXT,
  struck TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX note_by_pupil ON note (pupil_id);
CREATE INDEX note_by_note ON note (note_id);
CREATE INDEX note_to_follow ON note (follow_up) WHERE follow_up IS NOT NULL;

-- The restricted ones, apart: what a wording says stands in «body» alone (JSON: category, text, day, follow_up, done_on, struck), so that
-- no query over notes can meet it, and so that it can be sealed as a whole. «key_id» is the place of a second key: NULL means that the
-- body is under the file's own key and no other; a later script lets it name the key under which the body is sealed.
CREATE TABLE restricted_note (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  note_id TEXT NOT NULL,
  body TEXT NOT NULL,
  key_id TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX restricted_note_by_pupil ON restricted_note (pupil_id);
CREATE INDEX restricted_note_by_note ON restricted_note (note_id);

CREATE TRIGGER note_keep BEFORE UPDATE ON note BEGIN SELECT raise(ABORT, 'append-only: note'); END;
-- A row leaves only under an erasure order, or once the very same wording stands among the restricted ones.
CREATE TRIGGER note_stay BEFORE DELETE ON note
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' note ') > 0))
  AND NOT EXISTS (SELECT 1 FROM restricted_note r WHERE r.id = OLD.id AND r.pupil_id = OLD.pupil_id AND r.note_id = OLD.note_id
    AND r.at = OLD.at AND r.recorded_by = OLD.recorded_by AND json_extract(r.body, '$.text') = OLD.text
    AND json_extract(r.body, '$.category') = OLD.category AND json_extract(r.body, '$.day') = OLD.day
    AND json_extract(r.body, '$.struck') IS OLD.struck)
  BEGIN SELECT raise(ABORT, 'append-only: note'); END;
CREATE TRIGGER note_erasing BEFORE INSERT ON note
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' note ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: note'); END;
CREATE TRIGGER restricted_note_keep BEFORE UPDATE ON restricted_note BEGIN SELECT raise(ABORT, 'append-only: restricted_note'); END;
CREATE TRIGGER restricted_note_stay BEFORE DELETE ON restricted_note
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' restricted_note ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: restricted_note'); END;
CREATE TRIGGER restricted_note_erasing BEFORE INSERT ON restricted_note
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' restricted_note ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: restricted_note'); END;

-- Who is named to read restricted notes, or no longer: the last row of a user counts. It says nothing of a pupil, and stays.
CREATE TABLE restricted_reader (
  seq INTEGER PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES staff (id),
  may_read INTEGER NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  set_by TEXT NOT NULL
) STRICT;
CREATE INDEX restricted_reader_by_user ON restricted_reader (user_id);
CREATE TRIGGER restricted_reader_keep BEFORE UPDATE ON restricted_reader BEGIN SELECT raise(ABORT, 'append-only: restricted_reader'); END;
CREATE TRIGGER restricted_reader_stay BEFORE DELETE ON restricted_reader BEGIN SELECT raise(ABORT, 'append-only: restricted_reader'); END;
