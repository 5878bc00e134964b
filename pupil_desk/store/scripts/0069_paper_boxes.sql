-- Boxes drawn over what is withheld on the pages of a kept paper, for one copy. The last word about a box («box_id») counts; the table only grows.
-- Places are ten-thousandths of the page's width and height. What lies beneath a box is kept nowhere.
CREATE TABLE pack_box (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  box_id TEXT NOT NULL,
  pack_id TEXT NOT NULL REFERENCES pack (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  paper_id TEXT NOT NULL,
  page INTEGER NOT NULL,
  "left" INTEGER NOT NULL,
  top INTEGER NOT NULL,
  "right" INTEGER NOT NULL,
  bottom INTEGER NOT NULL,
  stands INTEGER NOT NULL,
  whose TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  said_by TEXT NOT NULL
) STRICT;
CREATE INDEX pack_box_by_pack ON pack_box (pack_id);
CREATE INDEX pack_box_by_pupil ON pack_box (pupil_id);
CREATE TRIGGER pack_box_keep BEFORE UPDATE ON pack_box BEGIN SELECT raise(ABORT, 'append-only: pack_box'); END;
CREATE TRIGGER pack_box_stay BEFORE DELETE ON pack_box
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' pack_box ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: pack_box'); END;
CREATE TRIGGER pack_box_erasing BEFORE INSERT ON pack_box
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' pack_box ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: pack_box'); END;
