-- Exams: entries, access arrangements, and to whom the results may be handed.
CREATE TABLE exam_entry (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  series TEXT NOT NULL,
  year INTEGER NOT NULL,
  board TEXT NOT NULL,
  qualification TEXT NOT NULL,
  entry_code TEXT NOT NULL,
  component TEXT,
  tier TEXT,
  status TEXT NOT NULL,
  day TEXT,
  session TEXT,
  starts TEXT,
  minutes INTEGER,
  room TEXT,
  centre TEXT,
  candidate_number TEXT,
  uci TEXT,
  note TEXT
) STRICT;
CREATE INDEX exam_entry_by_pupil ON exam_entry (pupil_id);

CREATE TABLE exam_arrangement (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  kind TEXT NOT NULL,
  detail TEXT,
  evidence TEXT,
  evidence_on TEXT,
  approved_from TEXT,
  approved_until TEXT,
  reference TEXT
) STRICT;
CREATE INDEX exam_arrangement_by_pupil ON exam_arrangement (pupil_id);

CREATE TABLE exam_collector (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  series TEXT NOT NULL,
  year INTEGER NOT NULL,
  collector TEXT,
  named_on TEXT,
  handed_on TEXT,
  handed_to TEXT,
  proof TEXT
) STRICT;
CREATE INDEX exam_collector_by_pupil ON exam_collector (pupil_id);

-- Whether the unit enters pupils for exams.
ALTER TABLE settings ADD COLUMN enters_exams INTEGER NOT NULL DEFAULT 1;
