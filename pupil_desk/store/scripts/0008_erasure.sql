-- The erasure order: the one way out of a table that only grows.
-- An order names one pupil, or with an empty pupil_id every pupil, and the tables it reaches: '*' for all of a pupil's, else
-- their names with a space before, between and after. It lets exactly those rows be deleted while it is open. Nothing is
-- added to what it names meanwhile, so that a row cannot be deleted and entered again as another. The order itself stays.
ALTER TABLE erasure_order ADD COLUMN tables TEXT NOT NULL DEFAULT '*';
ALTER TABLE erasure_order ADD COLUMN authority TEXT NOT NULL DEFAULT '';
ALTER TABLE erasure_order ADD COLUMN opened_by TEXT NOT NULL DEFAULT '';
ALTER TABLE erasure_order ADD COLUMN counts TEXT NOT NULL DEFAULT '';
CREATE INDEX erasure_order_open ON erasure_order (pupil_id) WHERE closed_at IS NULL;

CREATE TRIGGER erasure_order_names BEFORE INSERT ON erasure_order
  WHEN NEW.authority = '' OR NEW.opened_by = '' OR NEW.closed_at IS NOT NULL OR (NEW.pupil_id = '' AND NEW.tables = '*')
    OR EXISTS (SELECT 1 FROM erasure_order WHERE id = NEW.id)
  BEGIN SELECT raise(ABORT, 'append-only: erasure_order'); END;
CREATE TRIGGER erasure_order_keep BEFORE UPDATE ON erasure_order
  WHEN OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL OR NEW.id <> OLD.id OR NEW.pupil_id <> OLD.pupil_id OR NEW.tables <> OLD.tables
    OR NEW.authority <> OLD.authority OR NEW.opened_by <> OLD.opened_by OR NEW.opened_at <> OLD.opened_at
  BEGIN SELECT raise(ABORT, 'append-only: erasure_order'); END;
CREATE TRIGGER erasure_order_stay BEFORE DELETE ON erasure_order BEGIN SELECT raise(ABORT, 'append-only: erasure_order'); END;

-- What the record said before goes with the kind of record that said it.
DROP TRIGGER IF EXISTS amendment_stay;
CREATE TRIGGER amendment_stay BEFORE DELETE ON amendment
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' amendment ') > 0 OR instr(tables, ' ' || OLD.kind || ' ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: amendment'); END;
CREATE TRIGGER amendment_erasing BEFORE INSERT ON amendment
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' amendment ') > 0 OR instr(tables, ' ' || NEW.kind || ' ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: amendment'); END;
DROP TRIGGER IF EXISTS protection_stay;
CREATE TRIGGER protection_stay BEFORE DELETE ON protection
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' protection ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: protection'); END;
CREATE TRIGGER protection_erasing BEFORE INSERT ON protection
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' protection ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: protection'); END;
DROP TRIGGER IF EXISTS protection_lift_stay;
CREATE TRIGGER protection_lift_stay BEFORE DELETE ON protection_lift
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' protection_lift ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: protection_lift'); END;
CREATE TRIGGER protection_lift_erasing BEFORE INSERT ON protection_lift
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' protection_lift ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: protection_lift'); END;
DROP TRIGGER IF EXISTS choice_stay;
CREATE TRIGGER choice_stay BEFORE DELETE ON choice
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' choice ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: choice'); END;
CREATE TRIGGER choice_erasing BEFORE INSERT ON choice
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' choice ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: choice'); END;
DROP TRIGGER IF EXISTS notice_issue_stay;
CREATE TRIGGER notice_issue_stay BEFORE DELETE ON notice_issue
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' notice_issue ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: notice_issue'); END;
CREATE TRIGGER notice_issue_erasing BEFORE INSERT ON notice_issue
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' notice_issue ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: notice_issue'); END;
DROP TRIGGER IF EXISTS disclosure_stay;
CREATE TRIGGER disclosure_stay BEFORE DELETE ON disclosure
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' disclosure ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: disclosure'); END;
CREATE TRIGGER disclosure_erasing BEFORE INSERT ON disclosure
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' disclosure ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: disclosure'); END;
DROP TRIGGER IF EXISTS mark_stay;
CREATE TRIGGER mark_stay BEFORE DELETE ON mark
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' mark ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: mark'); END;
CREATE TRIGGER mark_erasing BEFORE INSERT ON mark
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' mark ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: mark'); END;
DROP TRIGGER IF EXISTS mark_amendment_stay;
CREATE TRIGGER mark_amendment_stay BEFORE DELETE ON mark_amendment
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' mark_amendment ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: mark_amendment'); END;
CREATE TRIGGER mark_amendment_erasing BEFORE INSERT ON mark_amendment
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' mark_amendment ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: mark_amendment'); END;
DROP TRIGGER IF EXISTS suspension_stay;
CREATE TRIGGER suspension_stay BEFORE DELETE ON suspension
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' suspension ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: suspension'); END;
CREATE TRIGGER suspension_erasing BEFORE INSERT ON suspension
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' suspension ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: suspension'); END;
DROP TRIGGER IF EXISTS suspension_session_stay;
CREATE TRIGGER suspension_session_stay BEFORE DELETE ON suspension_session
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' suspension_session ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: suspension_session'); END;
CREATE TRIGGER suspension_session_erasing BEFORE INSERT ON suspension_session
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' suspension_session ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: suspension_session'); END;
DROP TRIGGER IF EXISTS suspension_event_stay;
CREATE TRIGGER suspension_event_stay BEFORE DELETE ON suspension_event
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' suspension_event ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: suspension_event'); END;
CREATE TRIGGER suspension_event_erasing BEFORE INSERT ON suspension_event
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' suspension_event ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: suspension_event'); END;
DROP TRIGGER IF EXISTS assessment_stay;
CREATE TRIGGER assessment_stay BEFORE DELETE ON assessment
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' assessment ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: assessment'); END;
CREATE TRIGGER assessment_erasing BEFORE INSERT ON assessment
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' assessment ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: assessment'); END;
DROP TRIGGER IF EXISTS assessment_withdrawal_stay;
CREATE TRIGGER assessment_withdrawal_stay BEFORE DELETE ON assessment_withdrawal
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' assessment_withdrawal ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: assessment_withdrawal'); END;
CREATE TRIGGER assessment_withdrawal_erasing BEFORE INSERT ON assessment_withdrawal
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' assessment_withdrawal ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: assessment_withdrawal'); END;
DROP TRIGGER IF EXISTS dose_stay;
CREATE TRIGGER dose_stay BEFORE DELETE ON dose
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' dose ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: dose'); END;
CREATE TRIGGER dose_erasing BEFORE INSERT ON dose
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' dose ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: dose'); END;
DROP TRIGGER IF EXISTS former_address_stay;
CREATE TRIGGER former_address_stay BEFORE DELETE ON former_address
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' former_address ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: former_address'); END;
CREATE TRIGGER former_address_erasing BEFORE INSERT ON former_address
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' former_address ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: former_address'); END;
DROP TRIGGER IF EXISTS enrolment_stay;
CREATE TRIGGER enrolment_stay BEFORE DELETE ON enrolment
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' enrolment ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: enrolment'); END;
CREATE TRIGGER enrolment_erasing BEFORE INSERT ON enrolment
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' enrolment ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: enrolment'); END;
