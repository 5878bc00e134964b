-- Leave of absence that families ask for, and what was decided. Every row is a wording, whole; those of one request share entry_id, and the one
-- of the highest seq is what holds.
CREATE TABLE leave_request (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  entry_id TEXT NOT NULL,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  purpose TEXT NOT NULL,
  circumstances TEXT,
  asked_by TEXT NOT NULL,
  received_on TEXT NOT NULL,
  outcome TEXT,
  decided_by TEXT,
  decided_on TEXT,
  granted_from TEXT,
  granted_until TEXT,
  decision_reason TEXT,
  struck TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX leave_request_by_pupil ON leave_request (pupil_id);
CREATE INDEX leave_request_by_entry ON leave_request (entry_id);

CREATE TRIGGER leave_request_keep BEFORE UPDATE ON leave_request BEGIN SELECT raise(ABORT, 'append-only: leave_request'); END;
CREATE TRIGGER leave_request_stay BEFORE DELETE ON leave_request
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' leave_request ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: leave_request'); END;
CREATE TRIGGER leave_request_erasing BEFORE INSERT ON leave_request
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' leave_request ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: leave_request'); END;
