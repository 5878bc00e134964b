-- Events that take back what should never have been entered. What is taken away is kept in the history (amendment), and had back from there: that is the recycle bin.
-- Which act an event belongs to, so that what an import brought is found together; a row of before this script has an empty one.
ALTER TABLE choice ADD COLUMN act TEXT NOT NULL DEFAULT '';
ALTER TABLE protection ADD COLUMN act TEXT NOT NULL DEFAULT '';
ALTER TABLE assessment ADD COLUMN act TEXT NOT NULL DEFAULT '';
ALTER TABLE suspension ADD COLUMN act TEXT NOT NULL DEFAULT '';
ALTER TABLE suspension_event ADD COLUMN act TEXT NOT NULL DEFAULT '';
CREATE INDEX choice_by_act ON choice (act) WHERE act <> '';
CREATE INDEX protection_by_act ON protection (act) WHERE act <> '';
CREATE INDEX assessment_by_act ON assessment (act) WHERE act <> '';
CREATE INDEX suspension_by_act ON suspension (act) WHERE act <> '';
CREATE INDEX suspension_event_by_act ON suspension_event (act) WHERE act <> '';
CREATE INDEX amendment_taken ON amendment (seq) WHERE item = '' AND old = 'held';

-- A choice that was never made: it stays readable, and counts for nothing.
CREATE TABLE choice_reversal (
  choice_id TEXT PRIMARY KEY REFERENCES choice (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  reversed_by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX choice_reversal_by_pupil ON choice_reversal (pupil_id);
CREATE TRIGGER choice_reversal_keep BEFORE UPDATE ON choice_reversal BEGIN SELECT raise(ABORT, 'append-only: choice_reversal'); END;
CREATE TRIGGER choice_reversal_stay BEFORE DELETE ON choice_reversal
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' choice_reversal ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: choice_reversal'); END;
CREATE TRIGGER choice_reversal_erasing BEFORE INSERT ON choice_reversal
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' choice_reversal ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: choice_reversal'); END;
CREATE TRIGGER choice_reversal_once BEFORE INSERT ON choice_reversal
  WHEN EXISTS (SELECT 1 FROM choice_reversal WHERE choice_id = NEW.choice_id)
  BEGIN SELECT raise(ABORT, 'append-only: choice_reversal'); END;

-- A pupil who was entered by mistake («mistaken»), and had back («put back»): the last event counts. The row stays, with «same_as» naming
-- itself, by which every list leaves it out; what hung on it is taken away.
CREATE TABLE pupil_mistaken (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  what TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX pupil_mistaken_by_pupil ON pupil_mistaken (pupil_id);
CREATE TRIGGER pupil_mistaken_keep BEFORE UPDATE ON pupil_mistaken BEGIN SELECT raise(ABORT, 'append-only: pupil_mistaken'); END;
CREATE TRIGGER pupil_mistaken_stay BEFORE DELETE ON pupil_mistaken
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' pupil_mistaken ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: pupil_mistaken'); END;
CREATE TRIGGER pupil_mistaken_erasing BEFORE INSERT ON pupil_mistaken
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' pupil_mistaken ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: pupil_mistaken'); END;
CREATE TRIGGER pupil_mistaken_no_replace BEFORE INSERT ON pupil_mistaken
  WHEN EXISTS (SELECT 1 FROM pupil_mistaken WHERE id = NEW.id OR seq = NEW.seq)
  BEGIN SELECT raise(ABORT, 'append-only: pupil_mistaken'); END;

-- The admission register: a stay goes only under an order, or with a pupil who was entered by mistake, of which the event above tells.
DROP TRIGGER enrolment_stay;
CREATE TRIGGER enrolment_stay BEFORE DELETE ON enrolment
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' enrolment ') > 0))
  AND 'mistaken' IS NOT (SELECT m.what FROM pupil_mistaken m WHERE m.pupil_id = OLD.pupil_id ORDER BY m.seq DESC LIMIT 1)
  BEGIN SELECT raise(ABORT, 'append-only: enrolment'); END;

-- That an import was undone: when, by whom, how much went back and how much stayed.
CREATE TABLE import_undone (
  id TEXT PRIMARY KEY,
  import_id TEXT NOT NULL REFERENCES import_made (id),
  at TEXT NOT NULL,
  undone_by TEXT NOT NULL,
  act TEXT NOT NULL,
  went_back INTEGER NOT NULL,
  stayed INTEGER NOT NULL
) STRICT;
CREATE INDEX import_undone_by_import ON import_undone (import_id);
CREATE TRIGGER import_undone_keep BEFORE UPDATE ON import_undone BEGIN SELECT raise(ABORT, 'append-only: import_undone'); END;
CREATE TRIGGER import_undone_stay BEFORE DELETE ON import_undone BEGIN SELECT raise(ABORT, 'append-only: import_undone'); END;

-- A mark is taken back by an amendment without a code: the session then stands as one without a mark.
DROP VIEW register_mark;
CREATE VIEW register_mark AS
  SELECT m.pupil_id, m.day, m.session, coalesce(a.code, m.code) AS code,
    CASE WHEN a.number IS NULL THEN m.minutes_late ELSE a.minutes_late END AS minutes_late,
    CASE WHEN a.number IS NULL THEN m.note ELSE a.note END AS note,
    coalesce(a.planned, m.planned) AS planned, coalesce(a.number, 0) AS amended, m.entering AS first_entering
  FROM mark m LEFT JOIN mark_amendment a ON a.pupil_id = m.pupil_id AND a.day = m.day AND a.session = m.session
    AND a.number = (SELECT max(number) FROM mark_amendment x WHERE x.pupil_id = m.pupil_id AND x.day = m.day AND x.session = m.session)
  WHERE a.code IS NOT '';
CREATE INDEX mark_taken_back ON mark_amendment (pupil_id, day, session, number) WHERE code = '';
