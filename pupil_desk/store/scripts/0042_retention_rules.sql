-- How long things are kept, where the unit has a schedule of its own: each row is a class as it holds from a day on, and the last one
-- that holds on a day counts. A row without parts gives the class back to what the program proposes.
CREATE TABLE retention_rule (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  class TEXT NOT NULL,
  parts TEXT NOT NULL,
  sure TEXT NOT NULL,
  source TEXT NOT NULL,
  holds_from TEXT NOT NULL,
  at TEXT NOT NULL,
  set_by TEXT NOT NULL
) STRICT;
CREATE TRIGGER retention_rule_keep BEFORE UPDATE ON retention_rule BEGIN SELECT raise(ABORT, 'append-only: retention_rule'); END;
CREATE TRIGGER retention_rule_stay BEFORE DELETE ON retention_rule BEGIN SELECT raise(ABORT, 'append-only: retention_rule'); END;

-- That somebody was badly hurt on a trip: what was said of it is then kept longer.
ALTER TABLE consent_occasion ADD COLUMN hurt INTEGER NOT NULL DEFAULT 0;

-- An erasure of some classes, or of single consents and requests, names them: each with a space before, between and after. Empty for the
-- record, or all.
ALTER TABLE erasure_step ADD COLUMN parts TEXT NOT NULL DEFAULT '';
ALTER TABLE erasure_order ADD COLUMN parts TEXT NOT NULL DEFAULT '';
CREATE TRIGGER erasure_order_parts BEFORE UPDATE ON erasure_order WHEN NEW.parts <> OLD.parts
  BEGIN SELECT raise(ABORT, 'append-only: erasure_order'); END;
