-- That somebody has a notice, entered by mistake: it stays readable, and counts for nothing.
CREATE TABLE notice_acknowledgement_reversal (
  acknowledgement_id TEXT PRIMARY KEY REFERENCES notice_acknowledgement (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  reversed_by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX notice_acknowledgement_reversal_by_pupil ON notice_acknowledgement_reversal (pupil_id);
CREATE TRIGGER notice_acknowledgement_reversal_keep BEFORE UPDATE ON notice_acknowledgement_reversal BEGIN SELECT raise(ABORT, 'append-only: notice_acknowledgement_reversal'); END;
CREATE TRIGGER notice_acknowledgement_reversal_stay BEFORE DELETE ON notice_acknowledgement_reversal
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' notice_acknowledgement_reversal ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: notice_acknowledgement_reversal'); END;
CREATE TRIGGER notice_acknowledgement_reversal_erasing BEFORE INSERT ON notice_acknowledgement_reversal
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' notice_acknowledgement_reversal ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: notice_acknowledgement_reversal'); END;

-- An earlier address at which the pupil never lived: it stays readable, and counts for nothing.
CREATE TABLE former_address_reversal (
  address_id TEXT PRIMARY KEY REFERENCES former_address (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  reversed_by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX former_address_reversal_by_pupil ON former_address_reversal (pupil_id);
CREATE TRIGGER former_address_reversal_keep BEFORE UPDATE ON former_address_reversal BEGIN SELECT raise(ABORT, 'append-only: former_address_reversal'); END;
CREATE TRIGGER former_address_reversal_stay BEFORE DELETE ON former_address_reversal
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' former_address_reversal ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: former_address_reversal'); END;
CREATE TRIGGER former_address_reversal_erasing BEFORE INSERT ON former_address_reversal
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' former_address_reversal ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: former_address_reversal'); END;
CREATE TRIGGER former_address_found_no_longer AFTER INSERT ON former_address_reversal
  BEGIN DELETE FROM findable WHERE pupil_id = NEW.pupil_id AND kind = 'former_address' AND record_id = NEW.address_id; END;
