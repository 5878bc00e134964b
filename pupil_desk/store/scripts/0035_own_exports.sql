-- Exports that the unit has made for itself: version by version, and which of them a data officer has approved. None is ever changed or taken away.
CREATE TABLE own_export (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  own_export TEXT NOT NULL,
  version INTEGER NOT NULL,
  retired INTEGER NOT NULL,
  title TEXT NOT NULL,
  recipient TEXT NOT NULL,
  basis TEXT NOT NULL,
  law TEXT,
  purpose TEXT NOT NULL,
  condition TEXT,
  consent TEXT NOT NULL,
  "order" TEXT NOT NULL,
  at TEXT NOT NULL,
  made_by TEXT NOT NULL REFERENCES staff (id),
  UNIQUE (own_export, version)
) STRICT;
CREATE TRIGGER own_export_keep BEFORE UPDATE ON own_export BEGIN SELECT raise(ABORT, 'append-only: own_export'); END;
CREATE TRIGGER own_export_stay BEFORE DELETE ON own_export BEGIN SELECT raise(ABORT, 'append-only: own_export'); END;

CREATE TABLE own_export_column (
  version_id TEXT NOT NULL REFERENCES own_export (id),
  place INTEGER NOT NULL,
  item TEXT NOT NULL,
  heading TEXT NOT NULL,
  PRIMARY KEY (version_id, place)
) STRICT;
CREATE TRIGGER own_export_column_keep BEFORE UPDATE ON own_export_column BEGIN SELECT raise(ABORT, 'append-only: own_export_column'); END;
CREATE TRIGGER own_export_column_stay BEFORE DELETE ON own_export_column BEGIN SELECT raise(ABORT, 'append-only: own_export_column'); END;

CREATE TABLE own_export_condition (
  version_id TEXT NOT NULL REFERENCES own_export (id),
  place INTEGER NOT NULL,
  question TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (version_id, place)
) STRICT;
CREATE TRIGGER own_export_condition_keep BEFORE UPDATE ON own_export_condition BEGIN SELECT raise(ABORT, 'append-only: own_export_condition'); END;
CREATE TRIGGER own_export_condition_stay BEFORE DELETE ON own_export_condition BEGIN SELECT raise(ABORT, 'append-only: own_export_condition'); END;

CREATE TABLE own_export_approval (
  version_id TEXT PRIMARY KEY NOT NULL REFERENCES own_export (id),
  at TEXT NOT NULL,
  approved_by TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE TRIGGER own_export_approval_keep BEFORE UPDATE ON own_export_approval BEGIN SELECT raise(ABORT, 'append-only: own_export_approval'); END;
CREATE TRIGGER own_export_approval_stay BEFORE DELETE ON own_export_approval BEGIN SELECT raise(ABORT, 'append-only: own_export_approval'); END;

-- What was told by word, entered by hand: where it rested on a consent that was not in force, that stands with it.
ALTER TABLE disclosure ADD COLUMN without_consent INTEGER NOT NULL DEFAULT 0;

-- A line of the log of disclosures that was entered by mistake. The line itself stays.
CREATE TABLE disclosure_strike (
  seq INTEGER PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  disclosure INTEGER NOT NULL UNIQUE REFERENCES disclosure (seq),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  struck_by TEXT NOT NULL
) STRICT;
CREATE INDEX disclosure_strike_by_pupil ON disclosure_strike (pupil_id);
CREATE TRIGGER disclosure_strike_keep BEFORE UPDATE ON disclosure_strike BEGIN SELECT raise(ABORT, 'append-only: disclosure_strike'); END;
CREATE TRIGGER disclosure_strike_stay BEFORE DELETE ON disclosure_strike
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' disclosure_strike ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: disclosure_strike'); END;
CREATE TRIGGER disclosure_strike_erasing BEFORE INSERT ON disclosure_strike
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' disclosure_strike ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: disclosure_strike'); END;
