-- What a teacher says in a report, and reviews of a target.
-- Each row is one wording, whole: a correction and a striking out are further rows of the same «entry_id», and the last one counts.
CREATE TABLE target_review (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  entry_id TEXT NOT NULL,
  assessment_id TEXT NOT NULL REFERENCES assessment (id),
  day TEXT NOT NULL,
  standing TEXT NOT NULL,
  reviewer TEXT NOT NULL,
  comment TEXT,
  struck TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX target_review_by_pupil ON target_review (pupil_id);
CREATE INDEX target_review_by_entry ON target_review (entry_id);
CREATE INDEX target_review_by_target ON target_review (assessment_id);

-- «term» is the first day of the school term. Without a subject it is the tutor's comment on the whole.
CREATE TABLE report_comment (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  entry_id TEXT NOT NULL,
  term TEXT NOT NULL,
  subject TEXT,
  text TEXT NOT NULL,
  teacher TEXT NOT NULL,
  struck TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX report_comment_by_pupil ON report_comment (pupil_id);
CREATE INDEX report_comment_by_entry ON report_comment (entry_id);

CREATE TRIGGER target_review_keep BEFORE UPDATE ON target_review BEGIN SELECT raise(ABORT, 'append-only: target_review'); END;
CREATE TRIGGER target_review_stay BEFORE DELETE ON target_review
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' target_review ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: target_review'); END;
CREATE TRIGGER target_review_erasing BEFORE INSERT ON target_review
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' target_review ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: target_review'); END;
CREATE TRIGGER report_comment_keep BEFORE UPDATE ON report_comment BEGIN SELECT raise(ABORT, 'append-only: report_comment'); END;
CREATE TRIGGER report_comment_stay BEFORE DELETE ON report_comment
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' report_comment ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: report_comment'); END;
CREATE TRIGGER report_comment_erasing BEFORE INSERT ON report_comment
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' report_comment ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: report_comment'); END;
