-- Notice editions: the unit's own words of the notice, what each edition said, the very bytes that a family was given, and who
-- has said that they have it.

-- In which language and layout a notice was given. What was given before this was known was in English and as usual.
ALTER TABLE notice_issue ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE notice_issue ADD COLUMN variant TEXT NOT NULL DEFAULT 'standard';

-- The words of the notice in one language and layout. Without a row the program's own words count; of several the last; one that is
-- «retired» gives the place back to the program's. «shipped» is the digest of the program's words that were there then; «of_prose» is
-- what was translated.
CREATE TABLE notice_prose (
  id TEXT PRIMARY KEY,
  language TEXT NOT NULL,
  variant TEXT NOT NULL,
  version INTEGER NOT NULL,
  front TEXT NOT NULL,
  more TEXT NOT NULL,
  shipped TEXT NOT NULL,
  of_prose TEXT NOT NULL,
  translated_by TEXT,
  checked_by TEXT,
  checked_on TEXT,
  retired INTEGER NOT NULL DEFAULT 0,
  at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  UNIQUE (language, variant, version)
) STRICT;
CREATE TRIGGER notice_prose_keep BEFORE UPDATE ON notice_prose BEGIN SELECT raise(ABORT, 'append-only: notice_prose'); END;
CREATE TRIGGER notice_prose_stay BEFORE DELETE ON notice_prose BEGIN SELECT raise(ABORT, 'append-only: notice_prose'); END;

-- What is being written and is not in use yet: one draft for each language and layout.
CREATE TABLE notice_draft (
  language TEXT NOT NULL,
  variant TEXT NOT NULL,
  front TEXT NOT NULL,
  more TEXT NOT NULL,
  at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  PRIMARY KEY (language, variant)
) STRICT;

-- All that an edition said, compressed, so that it can be printed again and compared. «lrs» is whether it told of the Learning Records
-- Service; «wording_minor» why a change of its words need not be sent to everybody, or empty. Editions made before this have no row.
CREATE TABLE notice_edition_body (
  edition_id TEXT PRIMARY KEY REFERENCES notice_edition (id),
  said BLOB NOT NULL,
  lrs INTEGER NOT NULL,
  wording_minor TEXT NOT NULL,
  at TEXT NOT NULL,
  made_by TEXT NOT NULL
) STRICT;
CREATE TRIGGER notice_edition_body_keep BEFORE UPDATE ON notice_edition_body BEGIN SELECT raise(ABORT, 'append-only: notice_edition_body'); END;
CREATE TRIGGER notice_edition_body_stay BEFORE DELETE ON notice_edition_body BEGIN SELECT raise(ABORT, 'append-only: notice_edition_body'); END;

-- An edition as a file that is addressed to nobody, by the digest of its bytes: each family's copy is kept as what differs from it.
CREATE TABLE notice_specimen (
  digest TEXT PRIMARY KEY,
  edition_id TEXT NOT NULL REFERENCES notice_edition (id),
  language TEXT NOT NULL,
  variant TEXT NOT NULL,
  media_type TEXT NOT NULL,
  body BLOB NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX notice_specimen_by_edition ON notice_specimen (edition_id);
CREATE TRIGGER notice_specimen_keep BEFORE UPDATE ON notice_specimen BEGIN SELECT raise(ABORT, 'append-only: notice_specimen'); END;
CREATE TRIGGER notice_specimen_stay BEFORE DELETE ON notice_specimen BEGIN SELECT raise(ABORT, 'append-only: notice_specimen'); END;

-- The bytes that were given: what differs from the specimen, and the digest of the whole.
CREATE TABLE notice_copy (
  issue_id TEXT PRIMARY KEY REFERENCES notice_issue (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  specimen TEXT NOT NULL REFERENCES notice_specimen (digest),
  size INTEGER NOT NULL,
  digest TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX notice_copy_by_pupil ON notice_copy (pupil_id);
CREATE TRIGGER notice_copy_keep BEFORE UPDATE ON notice_copy BEGIN SELECT raise(ABORT, 'append-only: notice_copy'); END;
CREATE TRIGGER notice_copy_stay BEFORE DELETE ON notice_copy
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' notice_copy ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: notice_copy'); END;
CREATE TRIGGER notice_copy_erasing BEFORE INSERT ON notice_copy
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' notice_copy ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: notice_copy'); END;

-- Somebody has said that they have the notice. «form_id» is the slip it was said on, «evidence» the paper kept; both empty for a word.
CREATE TABLE notice_acknowledgement (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  edition_id TEXT NOT NULL REFERENCES notice_edition (id),
  contact_id TEXT REFERENCES contact (id),
  acknowledged_by TEXT NOT NULL,
  "on" TEXT NOT NULL,
  channel TEXT NOT NULL,
  form_id TEXT,
  evidence TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX notice_acknowledgement_by_pupil ON notice_acknowledgement (pupil_id);
CREATE TRIGGER notice_acknowledgement_keep BEFORE UPDATE ON notice_acknowledgement BEGIN SELECT raise(ABORT, 'append-only: notice_acknowledgement'); END;
CREATE TRIGGER notice_acknowledgement_stay BEFORE DELETE ON notice_acknowledgement
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' notice_acknowledgement ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: notice_acknowledgement'); END;
CREATE TRIGGER notice_acknowledgement_erasing BEFORE INSERT ON notice_acknowledgement
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' notice_acknowledgement ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: notice_acknowledgement'); END;
