-- Assessments (part 3): every entry stays; a correction is a further entry, a withdrawal an event of its own.

CREATE TABLE assessment (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  corrects TEXT REFERENCES assessment (id),
  stage TEXT NOT NULL,
  subject TEXT NOT NULL,
  method TEXT NOT NULL,
  result TEXT NOT NULL,
  component TEXT,
  year INTEGER,
  date TEXT,
  status TEXT NOT NULL,
  qualifier TEXT,
  published_on TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX assessment_by_pupil ON assessment (pupil_id);
CREATE INDEX assessment_by_corrected ON assessment (corrects) WHERE corrects IS NOT NULL;

CREATE TABLE assessment_withdrawal (
  assessment_id TEXT PRIMARY KEY REFERENCES assessment (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  withdrawn_by TEXT NOT NULL
) STRICT;
CREATE INDEX assessment_withdrawal_by_pupil ON assessment_withdrawal (pupil_id);

-- A scale of the unit's own. Its last row holds; without values it is in use no longer.
CREATE TABLE scale (
  seq INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  "values" TEXT NOT NULL,
  at TEXT NOT NULL,
  set_by TEXT NOT NULL
) STRICT;

CREATE TRIGGER assessment_keep BEFORE UPDATE ON assessment BEGIN SELECT raise(ABORT, 'append-only: assessment'); END;
CREATE TRIGGER assessment_stay BEFORE DELETE ON assessment
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE pupil_id = OLD.pupil_id AND closed_at IS NULL)
  BEGIN SELECT raise(ABORT, 'append-only: assessment'); END;
CREATE TRIGGER assessment_withdrawal_keep BEFORE UPDATE ON assessment_withdrawal BEGIN SELECT raise(ABORT, 'append-only: assessment_withdrawal'); END;
CREATE TRIGGER assessment_withdrawal_stay BEFORE DELETE ON assessment_withdrawal
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE pupil_id = OLD.pupil_id AND closed_at IS NULL)
  BEGIN SELECT raise(ABORT, 'append-only: assessment_withdrawal'); END;
CREATE TRIGGER scale_keep BEFORE UPDATE ON scale BEGIN SELECT raise(ABORT, 'append-only: scale'); END;
CREATE TRIGGER scale_stay BEFORE DELETE ON scale BEGIN SELECT raise(ABORT, 'append-only: scale'); END;
