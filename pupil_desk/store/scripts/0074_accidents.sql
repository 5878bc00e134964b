-- The accident book: accidents of pupils, the first aid given, who was told, and the answers by which a report under RIDDOR is decided.
CREATE TABLE accident (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  entry_id TEXT,
  day TEXT NOT NULL,
  time TEXT,
  place TEXT NOT NULL,
  place_detail TEXT,
  account TEXT NOT NULL,
  injury TEXT NOT NULL,
  body_part TEXT NOT NULL,
  injury_detail TEXT,
  witnesses TEXT,
  first_aid TEXT,
  first_aider TEXT,
  afterwards TEXT,
  parent TEXT,
  parent_told_on TEXT,
  parent_told_time TEXT,
  parent_told_by TEXT,
  letter_on TEXT,
  hospital INTEGER,
  treated INTEGER,
  at_work INTEGER NOT NULL,
  specified INTEGER,
  over_seven_days INTEGER,
  died INTEGER NOT NULL,
  work_related INTEGER,
  on_road INTEGER NOT NULL,
  reported_on TEXT,
  reported_by TEXT,
  report_reference TEXT
) STRICT;
CREATE INDEX accident_by_pupil ON accident (pupil_id);
CREATE INDEX accident_by_day ON accident (day);

-- Whether the unit keeps its accident book here.
ALTER TABLE settings ADD COLUMN keeps_accidents INTEGER NOT NULL DEFAULT 1;
