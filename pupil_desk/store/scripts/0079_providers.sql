-- Providers at which the unit buys places: who they are, what was seen of them, what was agreed of each place, and what they return of each session.
CREATE TABLE provider (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE,
  registration TEXT,
  why_unregistered TEXT,
  urn TEXT,
  sites TEXT,
  contact TEXT,
  contact_phone TEXT,
  contact_email TEXT,
  lead TEXT,
  lead_phone TEXT,
  finance TEXT,
  note TEXT
) STRICT;

-- Each row is one look; of each provider and kind the last one counts. A provider is named as in places, however it is spelt.
CREATE TABLE provider_check (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  provider TEXT NOT NULL,
  kind TEXT NOT NULL,
  seen_on TEXT NOT NULL,
  seen_by TEXT,
  valid_until TEXT,
  in_order TEXT NOT NULL,
  note TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;

CREATE TRIGGER provider_check_keep BEFORE UPDATE ON provider_check BEGIN SELECT raise(ABORT, 'append-only: provider_check'); END;
CREATE TRIGGER provider_check_stay BEFORE DELETE ON provider_check BEGIN SELECT raise(ABORT, 'append-only: provider_check'); END;

-- What a provider said of a session, the last word of it; what it said before stands in the history.
CREATE TABLE provider_return (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  provider TEXT NOT NULL,
  day TEXT NOT NULL,
  session TEXT NOT NULL,
  outcome TEXT NOT NULL,
  told_by TEXT,
  note TEXT
) STRICT;
CREATE INDEX provider_return_by_pupil ON provider_return (pupil_id, day);
CREATE INDEX provider_return_by_day ON provider_return (day);

ALTER TABLE placement ADD COLUMN sessions TEXT;
ALTER TABLE placement ADD COLUMN hours TEXT;
ALTER TABLE placement ADD COLUMN price TEXT;
ALTER TABLE placement ADD COLUMN price_per TEXT;
ALTER TABLE placement ADD COLUMN purpose TEXT;
ALTER TABLE placement ADD COLUMN review_day TEXT;

-- Whether the unit buys places here. What it does not use is not on the rail, nor offered; what is on file stays.
ALTER TABLE settings ADD COLUMN buys_places INTEGER NOT NULL DEFAULT 1;
