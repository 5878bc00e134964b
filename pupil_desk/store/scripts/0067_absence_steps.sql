-- What was done about absence: support offered, notice to improve sent, referred for a penalty notice, decided against one. Every row is an event;
-- one with takes_back says that the row of that id was entered by mistake.
CREATE TABLE absence_step (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  kind TEXT NOT NULL,
  "on" TEXT NOT NULL,
  note TEXT,
  takes_back TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX absence_step_by_pupil ON absence_step (pupil_id);

CREATE TRIGGER absence_step_keep BEFORE UPDATE ON absence_step BEGIN SELECT raise(ABORT, 'append-only: absence_step'); END;
CREATE TRIGGER absence_step_stay BEFORE DELETE ON absence_step
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' absence_step ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: absence_step'); END;
CREATE TRIGGER absence_step_erasing BEFORE INSERT ON absence_step
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' absence_step ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: absence_step'); END;
