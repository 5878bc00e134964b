-- Paper forms: printed with codes, scanned back, and kept once a person has confirmed them.
-- One row a form that was printed: whom it is about, what it asks, in which words. What came of it are its steps.
CREATE TABLE paper_form (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  printing TEXT NOT NULL,
  form_kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  title TEXT NOT NULL,
  asked TEXT NOT NULL,
  wording TEXT NOT NULL,
  questions TEXT NOT NULL,
  language TEXT NOT NULL,
  variant TEXT NOT NULL,
  "on" TEXT NOT NULL,
  at TEXT NOT NULL,
  issued_by TEXT NOT NULL
) STRICT;
CREATE INDEX paper_form_by_pupil ON paper_form (pupil_id);

-- Who is asked by a form; no row is the pupil.
CREATE TABLE paper_form_asked (
  seq INTEGER PRIMARY KEY,
  form_id TEXT NOT NULL REFERENCES paper_form (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  contact_id TEXT REFERENCES contact (id),
  UNIQUE (form_id, contact_id)
) STRICT;
CREATE INDEX paper_form_asked_by_pupil ON paper_form_asked (pupil_id);

-- Each page of a form: the number that its two codes hold, by chance and nowhere else, and where its boxes stand (JSON, in points).
CREATE TABLE paper_form_page (
  code TEXT PRIMARY KEY,
  form_id TEXT NOT NULL REFERENCES paper_form (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  page INTEGER NOT NULL,
  layout TEXT NOT NULL,
  UNIQUE (form_id, page)
) STRICT;
CREATE INDEX paper_form_page_by_pupil ON paper_form_page (pupil_id);

-- What came of a form: «back» once an answer on it was confirmed, «given-up», «replaced» by a later one, «looked-for» again.
CREATE TABLE paper_form_step (
  seq INTEGER PRIMARY KEY,
  form_id TEXT NOT NULL REFERENCES paper_form (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  step TEXT NOT NULL,
  because TEXT,
  attachment_id TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX paper_form_step_by_pupil ON paper_form_step (pupil_id);
CREATE INDEX paper_form_step_by_form ON paper_form_step (form_id);

CREATE TRIGGER paper_form_keep BEFORE UPDATE ON paper_form BEGIN SELECT raise(ABORT, 'append-only: paper_form'); END;
CREATE TRIGGER paper_form_stay BEFORE DELETE ON paper_form
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' paper_form ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: paper_form'); END;
CREATE TRIGGER paper_form_erasing BEFORE INSERT ON paper_form
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' paper_form ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: paper_form'); END;

CREATE TRIGGER paper_form_asked_keep BEFORE UPDATE ON paper_form_asked BEGIN SELECT raise(ABORT, 'append-only: paper_form_asked'); END;
CREATE TRIGGER paper_form_asked_stay BEFORE DELETE ON paper_form_asked
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' paper_form_asked ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: paper_form_asked'); END;
CREATE TRIGGER paper_form_asked_erasing BEFORE INSERT ON paper_form_asked
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' paper_form_asked ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: paper_form_asked'); END;

CREATE TRIGGER paper_form_page_keep BEFORE UPDATE ON paper_form_page BEGIN SELECT raise(ABORT, 'append-only: paper_form_page'); END;
CREATE TRIGGER paper_form_page_stay BEFORE DELETE ON paper_form_page
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' paper_form_page ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: paper_form_page'); END;
CREATE TRIGGER paper_form_page_erasing BEFORE INSERT ON paper_form_page
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' paper_form_page ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: paper_form_page'); END;

CREATE TRIGGER paper_form_step_keep BEFORE UPDATE ON paper_form_step BEGIN SELECT raise(ABORT, 'append-only: paper_form_step'); END;
CREATE TRIGGER paper_form_step_stay BEFORE DELETE ON paper_form_step
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' paper_form_step ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: paper_form_step'); END;
CREATE TRIGGER paper_form_step_erasing BEFORE INSERT ON paper_form_step
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' paper_form_step ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: paper_form_step'); END;

-- Scans that wait for a person: each page with its picture, until its answer is confirmed or it is thrown away. No row here is an answer.
CREATE TABLE scan_batch (
  id TEXT PRIMARY KEY,
  files INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  at TEXT NOT NULL,
  read_by TEXT NOT NULL
) STRICT;
CREATE TABLE scan_page (
  id TEXT PRIMARY KEY,
  batch_id TEXT NOT NULL REFERENCES scan_batch (id),
  place INTEGER NOT NULL,
  pupil_id TEXT REFERENCES pupil (id),
  form_id TEXT REFERENCES paper_form (id),
  page INTEGER,
  aside TEXT,
  lie TEXT,
  ink TEXT,
  picture BLOB NOT NULL
) STRICT;
CREATE INDEX scan_page_by_form ON scan_page (form_id);
CREATE INDEX scan_page_by_pupil ON scan_page (pupil_id);
