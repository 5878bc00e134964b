-- Consents: types edition by edition, occasions, what was said, what was taken back, and who was found competent.
-- One row an edition of a type: a changed one, and one taken out of use, are further rows of the same «consent_type», and the last
-- counts. Those that ship with the program come here when the first word about them is recorded, so that each word names what was asked.
CREATE TABLE consent_type (
  id TEXT PRIMARY KEY,
  consent_type TEXT NOT NULL,
  edition INTEGER NOT NULL,
  retired INTEGER NOT NULL,
  name TEXT NOT NULL,
  basis TEXT NOT NULL,
  per TEXT NOT NULL,
  purpose TEXT NOT NULL,
  uses TEXT,
  alternative TEXT,
  parents TEXT NOT NULL,
  parent_no TEXT NOT NULL,
  notify_each INTEGER NOT NULL,
  written INTEGER NOT NULL,
  pupil_too INTEGER NOT NULL,
  pupil_yes TEXT NOT NULL,
  pupil_no TEXT NOT NULL,
  pupil_no_from INTEGER,
  competent_from INTEGER,
  own_from INTEGER,
  own_competence TEXT NOT NULL,
  lapses TEXT NOT NULL,
  months INTEGER,
  renewal TEXT,
  withdrawal TEXT,
  sure TEXT NOT NULL,
  source TEXT NOT NULL,
  title TEXT NOT NULL,
  intro TEXT NOT NULL,
  question TEXT NOT NULL,
  own_question TEXT NOT NULL,
  yes TEXT NOT NULL,
  no TEXT NOT NULL,
  easy_intro TEXT,
  easy_question TEXT,
  easy_own_question TEXT,
  easy_yes TEXT,
  easy_no TEXT,
  at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  UNIQUE (consent_type, edition)
) STRICT;

-- A trip, or a person or body to be told: edition by edition too. With «ask_again» what was agreed to has changed.
CREATE TABLE consent_occasion (
  id TEXT PRIMARY KEY,
  occasion_id TEXT NOT NULL,
  edition INTEGER NOT NULL,
  consent_type TEXT NOT NULL,
  ask_again INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  made_on TEXT NOT NULL,
  name TEXT NOT NULL,
  about TEXT,
  "start" TEXT,
  "end" TEXT,
  at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  UNIQUE (occasion_id, edition)
) STRICT;

-- Who is on the list of an occasion: the last word counts.
CREATE TABLE consent_invitation (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  occasion_id TEXT NOT NULL,
  occasion TEXT NOT NULL,
  what TEXT NOT NULL,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX consent_invitation_by_pupil ON consent_invitation (pupil_id);
CREATE INDEX consent_invitation_by_occasion ON consent_invitation (occasion_id);

-- What was asked, said and taken back, by whom, about which words. «evidence» is a paper kept, which may be removed later.
CREATE TABLE consent_event (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  consent_type TEXT NOT NULL,
  wording_id TEXT NOT NULL REFERENCES consent_type (id),
  use_key TEXT NOT NULL,
  occasion_id TEXT,
  occasion_edition TEXT REFERENCES consent_occasion (id),
  contact_id TEXT REFERENCES contact (id),
  evidence TEXT,
  asked_about TEXT NOT NULL,
  what TEXT NOT NULL,
  "by" TEXT NOT NULL,
  giver TEXT,
  "on" TEXT NOT NULL,
  channel TEXT,
  language TEXT,
  valid_to TEXT,
  note TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX consent_event_by_pupil ON consent_event (pupil_id);
CREATE INDEX consent_event_by_type ON consent_event (consent_type, occasion_id);
CREATE INDEX consent_event_by_act ON consent_event (act);

-- An event that never was: it stays readable, and counts for nothing.
CREATE TABLE consent_reversal (
  event_id TEXT PRIMARY KEY REFERENCES consent_event (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  reversed_by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX consent_reversal_by_pupil ON consent_reversal (pupil_id);

-- Whether a pupil understands what one type asks: found by somebody, with what it was judged by.
CREATE TABLE consent_competence (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  consent_type TEXT NOT NULL,
  asked_about TEXT NOT NULL,
  finding TEXT NOT NULL,
  "on" TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX consent_competence_by_pupil ON consent_competence (pupil_id);

CREATE TRIGGER consent_type_keep BEFORE UPDATE ON consent_type BEGIN SELECT raise(ABORT, 'append-only: consent_type'); END;
CREATE TRIGGER consent_type_stay BEFORE DELETE ON consent_type BEGIN SELECT raise(ABORT, 'append-only: consent_type'); END;
CREATE TRIGGER consent_occasion_keep BEFORE UPDATE ON consent_occasion BEGIN SELECT raise(ABORT, 'append-only: consent_occasion'); END;
CREATE TRIGGER consent_occasion_stay BEFORE DELETE ON consent_occasion BEGIN SELECT raise(ABORT, 'append-only: consent_occasion'); END;
CREATE TRIGGER consent_invitation_keep BEFORE UPDATE ON consent_invitation BEGIN SELECT raise(ABORT, 'append-only: consent_invitation'); END;
CREATE TRIGGER consent_invitation_stay BEFORE DELETE ON consent_invitation
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' consent_invitation ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: consent_invitation'); END;
CREATE TRIGGER consent_invitation_erasing BEFORE INSERT ON consent_invitation
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' consent_invitation ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: consent_invitation'); END;
CREATE TRIGGER consent_event_keep BEFORE UPDATE ON consent_event BEGIN SELECT raise(ABORT, 'append-only: consent_event'); END;
CREATE TRIGGER consent_event_stay BEFORE DELETE ON consent_event
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' consent_event ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: consent_event'); END;
CREATE TRIGGER consent_event_erasing BEFORE INSERT ON consent_event
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' consent_event ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: consent_event'); END;
CREATE TRIGGER consent_reversal_keep BEFORE UPDATE ON consent_reversal BEGIN SELECT raise(ABORT, 'append-only: consent_reversal'); END;
CREATE TRIGGER consent_reversal_stay BEFORE DELETE ON consent_reversal
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' consent_reversal ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: consent_reversal'); END;
CREATE TRIGGER consent_reversal_erasing BEFORE INSERT ON consent_reversal
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' consent_reversal ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: consent_reversal'); END;
CREATE TRIGGER consent_competence_keep BEFORE UPDATE ON consent_competence BEGIN SELECT raise(ABORT, 'append-only: consent_competence'); END;
CREATE TRIGGER consent_competence_stay BEFORE DELETE ON consent_competence
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' consent_competence ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: consent_competence'); END;
CREATE TRIGGER consent_competence_erasing BEFORE INSERT ON consent_competence
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' consent_competence ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: consent_competence'); END;
