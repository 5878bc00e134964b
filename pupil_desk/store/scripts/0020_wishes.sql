-- Wishes: who was asked, reminded and told about the choice of sharing, and what is known of an answer beside itself.
-- The words that somebody was shown, each text once, whatever the number of people who saw it. It names no pupil.
CREATE TABLE wording (
  id TEXT PRIMARY KEY,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE TRIGGER wording_keep BEFORE UPDATE ON wording BEGIN SELECT raise(ABORT, 'append-only: wording'); END;
CREATE TRIGGER wording_stay BEFORE DELETE ON wording BEGIN SELECT raise(ABORT, 'append-only: wording'); END;

-- An answer may name the contact who gave it; one read in from a file names a person in free text, and stays so. «form_id» and
-- «evidence_id» name a printed form and a paper kept, either of which may be taken away while the answer stays.
ALTER TABLE choice ADD COLUMN contact_id TEXT REFERENCES contact (id);
ALTER TABLE choice ADD COLUMN wording_id TEXT REFERENCES wording (id);
ALTER TABLE choice ADD COLUMN form_id TEXT;
ALTER TABLE choice ADD COLUMN evidence_id TEXT;

-- What was done about a wish that is no answer: asked, reminded, told that the right has passed, settled; and an entry of these taken back.
CREATE TABLE wish_step (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  contact_id TEXT REFERENCES contact (id),
  step TEXT NOT NULL,
  recipient TEXT,
  "by" TEXT NOT NULL,
  asked TEXT,
  "on" TEXT NOT NULL,
  channel TEXT,
  choice TEXT,
  settlement TEXT,
  note TEXT,
  corrects TEXT,
  wording_id TEXT REFERENCES wording (id),
  form_id TEXT,
  evidence_id TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX wish_step_by_pupil ON wish_step (pupil_id);
CREATE TRIGGER wish_step_keep BEFORE UPDATE ON wish_step BEGIN SELECT raise(ABORT, 'append-only: wish_step'); END;
CREATE TRIGGER wish_step_stay BEFORE DELETE ON wish_step
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' wish_step ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: wish_step'); END;
CREATE TRIGGER wish_step_erasing BEFORE INSERT ON wish_step
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' wish_step ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: wish_step'); END;

-- After how many school days without an answer somebody is to be reminded.
ALTER TABLE settings ADD COLUMN reminder_days INTEGER NOT NULL DEFAULT 10;
