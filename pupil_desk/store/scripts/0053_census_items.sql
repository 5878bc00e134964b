-- What the school census asks of a unit's own pupils: how a stay began, care before and with kin, and places that the unit arranges elsewhere.
ALTER TABLE pupil ADD COLUMN plaa TEXT;
ALTER TABLE pupil ADD COLUMN kinship_care TEXT;
ALTER TABLE enrolment ADD COLUMN part_time INTEGER;
ALTER TABLE enrolment ADD COLUMN last_school_urn TEXT;
ALTER TABLE enrolment ADD COLUMN entry_reason TEXT;
CREATE TABLE placement (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  provider TEXT NOT NULL,
  start_date TEXT NOT NULL,
  end_date TEXT,
  urn TEXT,
  ukprn TEXT,
  setting TEXT,
  company_number TEXT,
  postcode TEXT,
  reason TEXT,
  sessions_per_week INTEGER,
  pattern TEXT
) STRICT;
CREATE INDEX placement_by_pupil ON placement (pupil_id);
