-- How pupils come and go: the routes with who drives and escorts, and the journey of each pupil.
CREATE TABLE route (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE,
  operator TEXT,
  operator_phone TEXT,
  vehicle TEXT,
  driver TEXT,
  escort TEXT,
  escort_phone TEXT,
  note TEXT,
  sheet_day TEXT,
  sheet_digest TEXT
) STRICT;

CREATE TABLE journey (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  route TEXT NOT NULL,
  start_date TEXT NOT NULL,
  end_date TEXT,
  days TEXT NOT NULL,
  pick_up TEXT,
  pick_up_time TEXT,
  set_down TEXT,
  set_down_time TEXT,
  receivers TEXT,
  needs TEXT
) STRICT;
CREATE INDEX journey_by_pupil ON journey (pupil_id);

-- Whether the unit records here how pupils come and go. What it does not use is not on the rail, nor offered; what is on file stays.
ALTER TABLE settings ADD COLUMN records_transport INTEGER NOT NULL DEFAULT 1;
