-- Incidents: what concerned each pupil, a row for each wording, and what was done about it. Every row is an event.
-- The rows of one incident share incident_id; those of one pupil in it share entry_id too, and the one of the highest seq is what holds.
CREATE TABLE incident (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  entry_id TEXT NOT NULL,
  incident_id TEXT NOT NULL,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  kind TEXT NOT NULL,
  day TEXT NOT NULL,
  time TEXT,
  place TEXT,
  account TEXT,
  led_to_it TEXT,
  tried TEXT,
  staff TEXT,
  witnesses TEXT,
  damage TEXT,
  part TEXT NOT NULL,
  points INTEGER,
  force INTEGER NOT NULL,
  seclusion INTEGER NOT NULL,
  restraint INTEGER NOT NULL,
  search INTEGER NOT NULL,
  force_kind TEXT,
  force_degree TEXT,
  began TEXT,
  minutes INTEGER,
  necessary TEXT,
  needs TEXT,
  triggers TEXT,
  injury TEXT,
  first_aid TEXT,
  support TEXT,
  struck TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX incident_by_pupil ON incident (pupil_id);
CREATE INDEX incident_by_entry ON incident (entry_id);
CREATE INDEX incident_by_incident ON incident (incident_id);
CREATE INDEX incident_by_day ON incident (day);

-- What was done: signed, reported to a parent or withheld from one, the authority told, talked over. «done» 0 takes an entry back.
CREATE TABLE incident_event (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  entry_id TEXT NOT NULL,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  kind TEXT NOT NULL,
  "on" TEXT NOT NULL,
  time TEXT,
  contact_id TEXT REFERENCES contact (id),
  wording TEXT,
  way TEXT,
  who TEXT,
  note TEXT,
  done INTEGER NOT NULL,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX incident_event_by_entry ON incident_event (entry_id);
CREATE INDEX incident_event_by_pupil ON incident_event (pupil_id);

CREATE TRIGGER incident_keep BEFORE UPDATE ON incident BEGIN SELECT raise(ABORT, 'append-only: incident'); END;
CREATE TRIGGER incident_stay BEFORE DELETE ON incident
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' incident ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: incident'); END;
CREATE TRIGGER incident_erasing BEFORE INSERT ON incident
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' incident ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: incident'); END;
CREATE TRIGGER incident_event_keep BEFORE UPDATE ON incident_event BEGIN SELECT raise(ABORT, 'append-only: incident_event'); END;
CREATE TRIGGER incident_event_stay BEFORE DELETE ON incident_event
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' incident_event ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: incident_event'); END;
CREATE TRIGGER incident_event_erasing BEFORE INSERT ON incident_event
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' incident_event ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: incident_event'); END;
