-- A family has looked at what is held of a pupil: all right, or corrections on paper, which wait until somebody has entered them.
CREATE TABLE details_check (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  checked_by TEXT NOT NULL,
  "on" TEXT NOT NULL,
  channel TEXT NOT NULL,
  answer TEXT NOT NULL,
  entered_on TEXT
) STRICT;
CREATE INDEX details_check_by_pupil ON details_check (pupil_id);
