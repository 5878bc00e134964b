-- Main and commissioning schools: with whom one speaks there, the password of each, places agreed for a pupil, and the marks of their registers.
CREATE TABLE school (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  contact TEXT,
  contact_phone TEXT,
  contact_email TEXT,
  lead TEXT,
  lead_phone TEXT,
  lead_email TEXT,
  finance TEXT,
  finance_email TEXT,
  note TEXT
) STRICT;

-- The password under which a school's files go, agreed once, until another is agreed.
CREATE TABLE school_password (
  number TEXT PRIMARY KEY,
  password TEXT NOT NULL,
  at TEXT NOT NULL,
  made_by TEXT NOT NULL
) STRICT;

CREATE TABLE school_place (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  school TEXT NOT NULL,
  kind TEXT NOT NULL,
  start_date TEXT NOT NULL,
  end_date TEXT,
  days TEXT,
  hours TEXT,
  price TEXT,
  price_per TEXT,
  purpose TEXT,
  success TEXT,
  review_day TEXT
) STRICT;
CREATE INDEX school_place_by_pupil ON school_place (pupil_id);

CREATE TABLE school_mark (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  school TEXT NOT NULL,
  day TEXT NOT NULL,
  session TEXT NOT NULL,
  code TEXT NOT NULL
) STRICT;
CREATE INDEX school_mark_by_pupil ON school_mark (pupil_id, day);
CREATE INDEX school_mark_by_day ON school_mark (day, school);

-- Whether the unit works with such schools here. What it does not use is not on the rail, nor offered; what is on file stays.
ALTER TABLE settings ADD COLUMN records_schools INTEGER NOT NULL DEFAULT 1;
