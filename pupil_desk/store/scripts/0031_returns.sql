-- Which stay was returned to the authority by which export: that a pupil came, or that the name goes off the register (SI 2024/208, regulation 13).
CREATE TABLE returned (
  seq INTEGER PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  enrolment_id TEXT NOT NULL REFERENCES enrolment (id),
  export_id TEXT NOT NULL REFERENCES export_made (id),
  what TEXT NOT NULL,
  start_date TEXT,
  end_date TEXT
) STRICT;
CREATE INDEX returned_by_pupil ON returned (pupil_id);
CREATE INDEX returned_by_stay ON returned (enrolment_id);
CREATE TRIGGER returned_keep BEFORE UPDATE ON returned BEGIN SELECT raise(ABORT, 'append-only: returned'); END;
CREATE TRIGGER returned_stay BEFORE DELETE ON returned
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' returned ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: returned'); END;
CREATE TRIGGER returned_erasing BEFORE INSERT ON returned
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' returned ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: returned'); END;

-- Comings and goings before this day were returned by other means; and absence of so many per cent is not attending regularly.
ALTER TABLE settings ADD COLUMN returns_from TEXT;
ALTER TABLE settings ADD COLUMN irregular_absence INTEGER NOT NULL DEFAULT 10;
