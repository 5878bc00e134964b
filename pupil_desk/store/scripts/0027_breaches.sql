-- The log of breaches (UK GDPR Article 33(5)). Each row is an event of one breach: it was reported, its facts, effects and risk were
-- noted, something was done, the regulator or people were told, it was closed. It names no pupil. «moment» is when we became aware,
-- or when somebody was told; «at» is when the row was recorded.
CREATE TABLE breach_event (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  breach_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  moment TEXT,
  happened TEXT,
  text TEXT,
  data TEXT,
  people INTEGER,
  entries INTEGER,
  risk TEXT,
  reference TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX breach_event_by_breach ON breach_event (breach_id);
CREATE TRIGGER breach_event_keep BEFORE UPDATE ON breach_event BEGIN SELECT raise(ABORT, 'append-only: breach_event'); END;
CREATE TRIGGER breach_event_stay BEFORE DELETE ON breach_event BEGIN SELECT raise(ABORT, 'append-only: breach_event'); END;
