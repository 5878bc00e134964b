-- Suspensions and permanent exclusions: decisions and what became of them. Every row is an event.
-- A decision entered wrongly is entered again under the same «decision»; the row of the highest seq is what holds.
CREATE TABLE suspension (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  decision TEXT NOT NULL,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  category TEXT NOT NULL,
  "start" TEXT NOT NULL,
  session TEXT NOT NULL,
  sessions INTEGER,
  reason_1 TEXT NOT NULL,
  reason_2 TEXT,
  reason_3 TEXT,
  circumstances TEXT,
  exam_missed INTEGER,
  school TEXT,
  decided_by TEXT,
  sen_provision TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT;
CREATE INDEX suspension_by_pupil ON suspension (pupil_id);
CREATE INDEX suspension_by_decision ON suspension (decision);

-- The sessions of a decision, by the calendar as it was when the row was kept.
CREATE TABLE suspension_session (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  suspension_id TEXT NOT NULL REFERENCES suspension (id),
  day TEXT NOT NULL,
  session TEXT NOT NULL,
  UNIQUE (suspension_id, day, session)
) STRICT;
CREATE INDEX suspension_session_by_pupil ON suspension_session (pupil_id);

-- What became of a decision, and each step taken.
CREATE TABLE suspension_event (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  decision TEXT NOT NULL,
  kind TEXT NOT NULL,
  "on" TEXT NOT NULL,
  "time" TEXT,
  done INTEGER NOT NULL,
  note TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX suspension_event_by_pupil ON suspension_event (pupil_id);

CREATE TRIGGER suspension_keep BEFORE UPDATE ON suspension BEGIN SELECT raise(ABORT, 'append-only: suspension'); END;
CREATE TRIGGER suspension_stay BEFORE DELETE ON suspension
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE pupil_id = OLD.pupil_id AND closed_at IS NULL)
  BEGIN SELECT raise(ABORT, 'append-only: suspension'); END;
CREATE TRIGGER suspension_session_keep BEFORE UPDATE ON suspension_session BEGIN SELECT raise(ABORT, 'append-only: suspension_session'); END;
CREATE TRIGGER suspension_session_stay BEFORE DELETE ON suspension_session
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE pupil_id = OLD.pupil_id AND closed_at IS NULL)
  BEGIN SELECT raise(ABORT, 'append-only: suspension_session'); END;
CREATE TRIGGER suspension_event_keep BEFORE UPDATE ON suspension_event BEGIN SELECT raise(ABORT, 'append-only: suspension_event'); END;
CREATE TRIGGER suspension_event_stay BEFORE DELETE ON suspension_event
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE pupil_id = OLD.pupil_id AND closed_at IS NULL)
  BEGIN SELECT raise(ABORT, 'append-only: suspension_event'); END;
