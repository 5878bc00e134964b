-- Keeping and erasing: what stops a deletion, and how two people agree on one.
ALTER TABLE settings ADD COLUMN ico_number TEXT;
ALTER TABLE settings ADD COLUMN erase_wait INTEGER NOT NULL DEFAULT 7;

-- A hold stops every deletion: of one pupil's data, or without a pupil of everybody's. Each row is a step of one «hold_id»: it was set,
-- looked at again, or lifted, each with its reason; the last one counts.
CREATE TABLE legal_hold (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT REFERENCES pupil (id),
  hold_id TEXT NOT NULL,
  step TEXT NOT NULL,
  reason TEXT NOT NULL,
  review_on TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX legal_hold_by_pupil ON legal_hold (pupil_id);
CREATE INDEX legal_hold_by_hold ON legal_hold (hold_id);
CREATE TRIGGER legal_hold_keep BEFORE UPDATE ON legal_hold BEGIN SELECT raise(ABORT, 'append-only: legal_hold'); END;
CREATE TRIGGER legal_hold_stay BEFORE DELETE ON legal_hold
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' legal_hold ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: legal_hold'); END;
CREATE TRIGGER legal_hold_erasing BEFORE INSERT ON legal_hold
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' legal_hold ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: legal_hold'); END;

-- No order is opened over a hold, whoever asks for it.
CREATE TRIGGER erasure_order_held BEFORE INSERT ON erasure_order
  WHEN EXISTS (SELECT 1 FROM legal_hold h WHERE (h.pupil_id IS NULL OR NEW.pupil_id IN ('', h.pupil_id)) AND h.step <> 'lifted'
    AND h.seq = (SELECT max(o.seq) FROM legal_hold o WHERE o.hold_id = h.hold_id))
  BEGIN SELECT raise(ABORT, 'held: erasure_order'); END;

-- An erasure from its proposal to its end: proposed, agreed to, withdrawn, done. It names the pupil by the identity alone, and stays when
-- the pupil is gone; «counts» says how many rows of each kind went, and «orders» by which orders.
CREATE TABLE erasure_step (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL,
  pupil_id TEXT NOT NULL,
  reach TEXT NOT NULL,
  step TEXT NOT NULL,
  ground TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  not_before TEXT,
  by_code INTEGER NOT NULL DEFAULT 0,
  orders TEXT NOT NULL DEFAULT '',
  counts TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX erasure_step_by_case ON erasure_step (case_id);
CREATE TRIGGER erasure_step_keep BEFORE UPDATE ON erasure_step BEGIN SELECT raise(ABORT, 'append-only: erasure_step'); END;
CREATE TRIGGER erasure_step_stay BEFORE DELETE ON erasure_step BEGIN SELECT raise(ABORT, 'append-only: erasure_step'); END;
