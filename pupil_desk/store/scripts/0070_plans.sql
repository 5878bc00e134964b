-- Plans in versions, and what was done about each: who agreed, reviews with their steps, decisions, money. Every row is an event.
-- The rows of one plan share entry_id, and the one of the highest seq is what holds.
CREATE TABLE plan (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  entry_id TEXT NOT NULL,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  kind TEXT NOT NULL,
  made_on TEXT NOT NULL,
  version_day TEXT,
  lead TEXT,
  reviewed_on TEXT,
  review_by TEXT,
  transfer TEXT,
  transfer_on TEXT,
  views TEXT,
  strengths TEXT,
  needs TEXT,
  health_needs TEXT,
  care_needs TEXT,
  outcomes TEXT,
  warning_signs TEXT,
  triggers TEXT,
  avoid TEXT,
  provision TEXT,
  health_provision TEXT,
  care_provision TEXT,
  response TEXT,
  afterwards TEXT,
  people TEXT,
  trips TEXT,
  placement TEXT,
  budget TEXT,
  advice TEXT,
  progress TEXT,
  ended_on TEXT,
  ended_because TEXT,
  struck TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX plan_by_pupil ON plan (pupil_id);
CREATE INDEX plan_by_entry ON plan (entry_id);

-- One with takes_back says that the row of that id was entered by mistake.
CREATE TABLE plan_step (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  entry_id TEXT NOT NULL,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  kind TEXT NOT NULL,
  "on" TEXT NOT NULL,
  who TEXT,
  outcome TEXT,
  amount INTEGER,
  note TEXT,
  plan_version_id TEXT,
  takes_back TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX plan_step_by_pupil ON plan_step (pupil_id);
CREATE INDEX plan_step_by_entry ON plan_step (entry_id);

CREATE TRIGGER plan_keep BEFORE UPDATE ON plan BEGIN SELECT raise(ABORT, 'append-only: plan'); END;
CREATE TRIGGER plan_stay BEFORE DELETE ON plan
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' plan ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: plan'); END;
CREATE TRIGGER plan_erasing BEFORE INSERT ON plan
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' plan ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: plan'); END;
CREATE TRIGGER plan_step_keep BEFORE UPDATE ON plan_step BEGIN SELECT raise(ABORT, 'append-only: plan_step'); END;
CREATE TRIGGER plan_step_stay BEFORE DELETE ON plan_step
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' plan_step ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: plan_step'); END;
CREATE TRIGGER plan_step_erasing BEFORE INSERT ON plan_step
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' plan_step ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: plan_step'); END;

-- Whether the unit keeps plans here. What it does not use is not offered; what is on file stays.
ALTER TABLE settings ADD COLUMN keeps_plans INTEGER NOT NULL DEFAULT 1;
