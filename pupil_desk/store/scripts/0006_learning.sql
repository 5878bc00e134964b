-- Learning after 14, and destinations.
-- Both are corrected like any record: what they said before stands in «amendment».

CREATE TABLE learning (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  awarding_body TEXT,
  level TEXT,
  start TEXT,
  "end" TEXT,
  result TEXT,
  result_date TEXT,
  qualification_number TEXT
) STRICT;
CREATE INDEX learning_by_pupil ON learning (pupil_id);

CREATE TABLE destination (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  kind TEXT NOT NULL,
  activity TEXT NOT NULL,
  provider TEXT,
  start TEXT,
  confirmed_on TEXT,
  source TEXT
) STRICT;
CREATE INDEX destination_by_pupil ON destination (pupil_id);
