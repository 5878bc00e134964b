-- What files that were read in told of a pupil, and no other record has a place for: each value once, with the file it first came in.
CREATE TABLE not_taken (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  import_id TEXT NOT NULL,
  path TEXT NOT NULL,
  value TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX not_taken_by_pupil ON not_taken (pupil_id);
CREATE INDEX not_taken_by_import ON not_taken (import_id);

-- Times at other schools, and how much of each school year was attended there: from transfer files, or entered by hand.
CREATE TABLE school_attended (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  school TEXT,
  name TEXT,
  urn TEXT,
  start_date TEXT,
  end_date TEXT,
  leaving_reason TEXT,
  removal_grounds TEXT,
  was_last INTEGER
) STRICT;
CREATE INDEX school_attended_by_pupil ON school_attended (pupil_id);
CREATE TABLE attendance_total (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  year INTEGER NOT NULL,
  school TEXT,
  name TEXT,
  possible INTEGER,
  attended INTEGER,
  authorised INTEGER,
  unauthorised INTEGER
) STRICT;
CREATE INDEX attendance_total_by_pupil ON attendance_total (pupil_id);

-- Of which country's curriculum a result is, as a transfer file tells it.
ALTER TABLE assessment ADD COLUMN locale TEXT;
