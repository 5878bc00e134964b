-- Attachments: papers kept inside the encrypted file.
-- What is known of a paper can be corrected, with amendments; its bytes, and what was found in them, are never altered. They
-- stand in a table of their own, so that no list reads them. A paper goes only once it is set aside, or under an order.

CREATE TABLE attachment (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  paper_day TEXT,
  received_from TEXT,
  note TEXT,
  kept_on TEXT NOT NULL,
  set_aside_on TEXT,
  set_aside_because TEXT,
  about_kind TEXT,
  about_id TEXT,
  media_type TEXT NOT NULL,
  pages INTEGER NOT NULL,
  size INTEGER NOT NULL,
  digest TEXT NOT NULL
) STRICT;
CREATE INDEX attachment_by_pupil ON attachment (pupil_id);

CREATE TABLE attachment_content (
  id TEXT PRIMARY KEY REFERENCES attachment (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  body BLOB NOT NULL
) STRICT;
CREATE INDEX attachment_content_by_pupil ON attachment_content (pupil_id);

CREATE TRIGGER attachment_same BEFORE UPDATE ON attachment
  WHEN NEW.id <> OLD.id OR NEW.pupil_id <> OLD.pupil_id OR NEW.kept_on <> OLD.kept_on OR NEW.media_type <> OLD.media_type
    OR NEW.pages <> OLD.pages OR NEW.size <> OLD.size OR NEW.digest <> OLD.digest
  BEGIN SELECT raise(ABORT, 'append-only: attachment'); END;
CREATE TRIGGER attachment_stay BEFORE DELETE ON attachment
  WHEN OLD.set_aside_on IS NULL AND NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' attachment ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: attachment'); END;

CREATE TRIGGER attachment_content_keep BEFORE UPDATE ON attachment_content
  BEGIN SELECT raise(ABORT, 'append-only: attachment_content'); END;
CREATE TRIGGER attachment_content_stay BEFORE DELETE ON attachment_content
  WHEN NOT EXISTS (SELECT 1 FROM attachment WHERE id = OLD.id AND set_aside_on IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' attachment_content ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: attachment_content'); END;
CREATE TRIGGER attachment_content_no_replace BEFORE INSERT ON attachment_content
  WHEN EXISTS (SELECT 1 FROM attachment_content WHERE id = NEW.id)
  BEGIN SELECT raise(ABORT, 'append-only: attachment_content'); END;
CREATE TRIGGER attachment_content_erasing BEFORE INSERT ON attachment_content
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' attachment_content ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: attachment_content'); END;
