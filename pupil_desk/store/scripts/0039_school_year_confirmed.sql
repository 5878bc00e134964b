-- Who said that the school year on file is the unit's own, when, and how: until somebody has, it is a proposal, and no clock of law runs on it.
CREATE TABLE calendar_confirmed (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL REFERENCES staff (id),
  how TEXT NOT NULL CHECK (how IN ('saved', 'confirmed'))
) STRICT;
CREATE TRIGGER calendar_confirmed_keep BEFORE UPDATE ON calendar_confirmed BEGIN SELECT raise(ABORT, 'append-only: calendar_confirmed'); END;
CREATE TRIGGER calendar_confirmed_stay BEFORE DELETE ON calendar_confirmed BEGIN SELECT raise(ABORT, 'append-only: calendar_confirmed'); END;

-- A school year that was saved in Settings before was looked at by whoever saved it.
INSERT INTO calendar_confirmed (at, by, how)
  SELECT l.at, l.user_id, 'saved' FROM log l JOIN staff s ON s.id = l.user_id
  WHERE l.action = 'edit-settings' AND l.kind = 'settings' AND l.reason = 'calendar' ORDER BY l.seq DESC LIMIT 1;
