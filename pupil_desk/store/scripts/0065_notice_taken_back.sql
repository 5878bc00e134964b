-- That a notice was given, entered by mistake: it stays readable, and counts for nothing.
CREATE TABLE notice_issue_reversal (
  issue_id TEXT PRIMARY KEY REFERENCES notice_issue (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  reversed_by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX notice_issue_reversal_by_pupil ON notice_issue_reversal (pupil_id);
CREATE TRIGGER notice_issue_reversal_keep BEFORE UPDATE ON notice_issue_reversal BEGIN SELECT raise(ABORT, 'append-only: notice_issue_reversal'); END;
CREATE TRIGGER notice_issue_reversal_stay BEFORE DELETE ON notice_issue_reversal
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' notice_issue_reversal ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: notice_issue_reversal'); END;
CREATE TRIGGER notice_issue_reversal_erasing BEFORE INSERT ON notice_issue_reversal
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' notice_issue_reversal ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: notice_issue_reversal'); END;
