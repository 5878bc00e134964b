-- Lists a colleague has saved: filters and columns.
-- The columns that each colleague has chosen beside those that always stand there, in their order.
CREATE TABLE list_column (
  staff_id TEXT NOT NULL REFERENCES staff (id),
  place INTEGER NOT NULL,
  "column" TEXT NOT NULL,
  PRIMARY KEY (staff_id, place)
) STRICT;

-- Filters under a name: one colleague's own, or for everyone. What a filter asks stands row by row, in words that the program knows.
CREATE TABLE list_filter (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  for_all INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE TABLE list_filter_condition (
  filter_id TEXT NOT NULL REFERENCES list_filter (id),
  place INTEGER NOT NULL,
  question TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (filter_id, place)
) STRICT;
