-- Papers of the child protection files: received files, minutes, letters. «body» is a PDF, encrypted under a key of its own, which stands in
-- the wording of the entry that the paper is of, and so under the key of the room. Outside stand whose it is, and of which entry.
CREATE TABLE safeguarding_paper (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  body BLOB NOT NULL
) STRICT;
CREATE INDEX safeguarding_paper_by_pupil ON safeguarding_paper (pupil_id);
CREATE TRIGGER safeguarding_paper_keep BEFORE UPDATE ON safeguarding_paper
  BEGIN SELECT raise(ABORT, 'append-only: safeguarding_paper'); END;
CREATE TRIGGER safeguarding_paper_no_replace BEFORE INSERT ON safeguarding_paper
  WHEN EXISTS (SELECT 1 FROM safeguarding_paper WHERE id = NEW.id)
  BEGIN SELECT raise(ABORT, 'append-only: safeguarding_paper'); END;
CREATE TRIGGER safeguarding_paper_stay BEFORE DELETE ON safeguarding_paper
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' safeguarding_paper ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: safeguarding_paper'); END;
CREATE TRIGGER safeguarding_paper_erasing BEFORE INSERT ON safeguarding_paper
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' safeguarding_paper ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: safeguarding_paper'); END;
