-- The packs that answer a request for a copy: begun, what was decided of each place, what was added under seal, and what was given.
-- Every table only grows; the last word about a place, a section or a pack counts. A pack's text is never kept: it is made anew from
-- the record each time, and what was decided of a text holds for that text alone («key» is a digest of it).
CREATE TABLE pack (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  case_id TEXT,
  asker TEXT NOT NULL,
  begun_on TEXT NOT NULL,
  at TEXT NOT NULL,
  begun_by TEXT NOT NULL
) STRICT;
CREATE INDEX pack_by_pupil ON pack (pupil_id);
CREATE INDEX pack_by_case ON pack (case_id) WHERE case_id IS NOT NULL;

-- «said»: withhold, release, unmark; and of ticks: stays (a withheld word may stand here), look-again. What is withheld from a copy is told in none.
CREATE TABLE pack_mark (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pack_id TEXT NOT NULL REFERENCES pack (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  section TEXT NOT NULL,
  field TEXT NOT NULL,
  key TEXT NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  words TEXT NOT NULL,
  whose TEXT NOT NULL,
  who TEXT NOT NULL,
  said TEXT NOT NULL,
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  by_hand INTEGER NOT NULL,
  at TEXT NOT NULL,
  said_by TEXT NOT NULL
) STRICT;
CREATE INDEX pack_mark_by_pack ON pack_mark (pack_id);
CREATE INDEX pack_mark_by_pupil ON pack_mark (pupil_id);

CREATE TABLE pack_section (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pack_id TEXT NOT NULL REFERENCES pack (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  section TEXT NOT NULL,
  given INTEGER NOT NULL,
  exemption TEXT NOT NULL,
  quiet INTEGER NOT NULL,
  note TEXT NOT NULL,
  at TEXT NOT NULL,
  said_by TEXT NOT NULL
) STRICT;
CREATE INDEX pack_section_by_pack ON pack_section (pack_id);
CREATE INDEX pack_section_by_pupil ON pack_section (pupil_id);

-- «document» and «data» are locked with words that are kept nowhere; «covers» digests which wordings they were made of.
CREATE TABLE pack_sealed (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pack_id TEXT NOT NULL REFERENCES pack (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  notes INTEGER NOT NULL,
  covers TEXT NOT NULL,
  withheld INTEGER NOT NULL,
  exemption TEXT NOT NULL,
  document BLOB NOT NULL,
  data BLOB NOT NULL,
  at TEXT NOT NULL,
  sealed_by TEXT NOT NULL
) STRICT;
CREATE INDEX pack_sealed_by_pack ON pack_sealed (pack_id);
CREATE INDEX pack_sealed_by_pupil ON pack_sealed (pupil_id);

CREATE TABLE pack_made (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  pack_id TEXT NOT NULL REFERENCES pack (id),
  given_to TEXT NOT NULL,
  made_on TEXT NOT NULL,
  sections TEXT NOT NULL,
  digests TEXT NOT NULL,
  withheld INTEGER NOT NULL,
  at TEXT NOT NULL,
  made_by TEXT NOT NULL
) STRICT;
CREATE INDEX pack_made_by_pupil ON pack_made (pupil_id);
CREATE INDEX pack_made_by_pack ON pack_made (pack_id);

-- A pack that is not wanted after all.
CREATE TABLE pack_dropped (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pack_id TEXT NOT NULL REFERENCES pack (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  dropped_by TEXT NOT NULL
) STRICT;
CREATE INDEX pack_dropped_by_pack ON pack_dropped (pack_id);
CREATE INDEX pack_dropped_by_pupil ON pack_dropped (pupil_id);

CREATE TRIGGER pack_keep BEFORE UPDATE ON pack BEGIN SELECT raise(ABORT, 'append-only: pack'); END;
CREATE TRIGGER pack_stay BEFORE DELETE ON pack
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' pack ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: pack'); END;
CREATE TRIGGER pack_erasing BEFORE INSERT ON pack
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' pack ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: pack'); END;
CREATE TRIGGER pack_mark_keep BEFORE UPDATE ON pack_mark BEGIN SELECT raise(ABORT, 'append-only: pack_mark'); END;
CREATE TRIGGER pack_mark_stay BEFORE DELETE ON pack_mark
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' pack_mark ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: pack_mark'); END;
CREATE TRIGGER pack_mark_erasing BEFORE INSERT ON pack_mark
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' pack_mark ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: pack_mark'); END;
CREATE TRIGGER pack_section_keep BEFORE UPDATE ON pack_section BEGIN SELECT raise(ABORT, 'append-only: pack_section'); END;
CREATE TRIGGER pack_section_stay BEFORE DELETE ON pack_section
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' pack_section ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: pack_section'); END;
CREATE TRIGGER pack_section_erasing BEFORE INSERT ON pack_section
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' pack_section ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: pack_section'); END;
CREATE TRIGGER pack_sealed_keep BEFORE UPDATE ON pack_sealed BEGIN SELECT raise(ABORT, 'append-only: pack_sealed'); END;
CREATE TRIGGER pack_sealed_stay BEFORE DELETE ON pack_sealed
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' pack_sealed ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: pack_sealed'); END;
CREATE TRIGGER pack_sealed_erasing BEFORE INSERT ON pack_sealed
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' pack_sealed ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: pack_sealed'); END;
CREATE TRIGGER pack_made_keep BEFORE UPDATE ON pack_made BEGIN SELECT raise(ABORT, 'append-only: pack_made'); END;
CREATE TRIGGER pack_made_stay BEFORE DELETE ON pack_made
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' pack_made ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: pack_made'); END;
CREATE TRIGGER pack_made_erasing BEFORE INSERT ON pack_made
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' pack_made ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: pack_made'); END;
CREATE TRIGGER pack_dropped_keep BEFORE UPDATE ON pack_dropped BEGIN SELECT raise(ABORT, 'append-only: pack_dropped'); END;
CREATE TRIGGER pack_dropped_stay BEFORE DELETE ON pack_dropped
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' pack_dropped ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: pack_dropped'); END;
CREATE TRIGGER pack_dropped_erasing BEFORE INSERT ON pack_dropped
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' pack_dropped ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: pack_dropped'); END;
