-- Registers on paper: a page for one group and some days, with a box for each code, pupil and session. It is read back from the scanner.
-- One row a page: the number that its two codes hold, where its boxes stand (JSON, in points), and the act by which what stands on it was confirmed.
CREATE TABLE register_sheet (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  first TEXT NOT NULL,
  last TEXT NOT NULL,
  layout TEXT NOT NULL,
  at TEXT NOT NULL,
  printed_by TEXT NOT NULL,
  confirmed_act TEXT
) STRICT;

-- Who stands on it, in which row.
CREATE TABLE register_sheet_row (
  sheet_id TEXT NOT NULL REFERENCES register_sheet (id),
  place INTEGER NOT NULL,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  PRIMARY KEY (sheet_id, place)
) STRICT;
CREATE INDEX register_sheet_row_by_pupil ON register_sheet_row (pupil_id);

ALTER TABLE scan_page ADD COLUMN sheet_id TEXT REFERENCES register_sheet (id);
CREATE INDEX scan_page_by_sheet ON scan_page (sheet_id);

-- A picture with the name of somebody who goes from the page does not wait any longer.
CREATE TRIGGER register_sheet_row_gone AFTER DELETE ON register_sheet_row BEGIN DELETE FROM scan_page WHERE sheet_id = OLD.sheet_id; END;
