-- The admission register: what a stay tells beyond its days (SI 2024/208, regulations 8 and 9).
ALTER TABLE enrolment ADD COLUMN deletion_ground TEXT;
ALTER TABLE enrolment ADD COLUMN next_school TEXT;
ALTER TABLE enrolment ADD COLUMN next_school_start TEXT;
ALTER TABLE enrolment ADD COLUMN last_school TEXT;
ALTER TABLE enrolment ADD COLUMN commissioned_by TEXT;
ALTER TABLE enrolment ADD COLUMN days_agreed TEXT;
ALTER TABLE enrolment ADD COLUMN funding_reference TEXT;
ALTER TABLE enrolment ADD COLUMN review_day TEXT;
ALTER TABLE enrolment ADD COLUMN transport TEXT;
ALTER TABLE enrolment ADD COLUMN school_contact TEXT;
ALTER TABLE enrolment ADD COLUMN school_phone TEXT;
ALTER TABLE enrolment ADD COLUMN school_email TEXT;

-- Where a pupil lived before: the amendments hold what the record said, not from which day the new address held.
CREATE TABLE former_address (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  address_1 TEXT, address_2 TEXT, locality TEXT, town TEXT, county TEXT, postcode TEXT,
  moved_on TEXT,
  told_by TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX former_address_by_pupil ON former_address (pupil_id);
CREATE TRIGGER former_address_keep BEFORE UPDATE ON former_address BEGIN SELECT raise(ABORT, 'append-only: former_address'); END;
CREATE TRIGGER former_address_stay BEFORE DELETE ON former_address
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE pupil_id = OLD.pupil_id AND closed_at IS NULL)
  BEGIN SELECT raise(ABORT, 'append-only: former_address'); END;

-- Nothing is ever deleted from the admission register: a stay goes only under an open erasure order of that pupil.
CREATE TRIGGER enrolment_stay BEFORE DELETE ON enrolment
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE pupil_id = OLD.pupil_id AND closed_at IS NULL)
  BEGIN SELECT raise(ABORT, 'append-only: enrolment'); END;
