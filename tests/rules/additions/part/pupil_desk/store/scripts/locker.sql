-- Which locker a pupil has.
CREATE TABLE locker (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  number TEXT NOT NULL,
  since TEXT
) STRICT;
CREATE INDEX locker_by_pupil ON locker (pupil_id);
