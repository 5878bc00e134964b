-- Somebody has said that there is nothing to know of a pupil's health: who, when and how. It counts only while nothing has been entered since.
CREATE TABLE health_none (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  said_by TEXT NOT NULL,
  said_on TEXT NOT NULL,
  channel TEXT NOT NULL
) STRICT;
CREATE INDEX health_none_by_pupil ON health_none (pupil_id);
