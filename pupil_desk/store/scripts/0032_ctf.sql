-- The numbers that transfer files have been given, from one of each sender to each destination: none is ever given twice.
CREATE TABLE ctf_serial (
  sender TEXT NOT NULL,
  destination TEXT NOT NULL,
  number INTEGER NOT NULL,
  export_id TEXT NOT NULL REFERENCES export_made (id),
  PRIMARY KEY (sender, destination, number)
) STRICT;
CREATE TRIGGER ctf_serial_keep BEFORE UPDATE ON ctf_serial BEGIN SELECT raise(ABORT, 'append-only: ctf_serial'); END;
CREATE TRIGGER ctf_serial_stay BEFORE DELETE ON ctf_serial BEGIN SELECT raise(ABORT, 'append-only: ctf_serial'); END;

-- The version that a file is written in, and the day on which the year in it changes: no published schema says so for certain.
ALTER TABLE settings ADD COLUMN ctf_version TEXT;
ALTER TABLE settings ADD COLUMN ctf_year_from TEXT NOT NULL DEFAULT '09-01';
