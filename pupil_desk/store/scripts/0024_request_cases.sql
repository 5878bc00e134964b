-- Requests that the law lets people make about data, and complaints.
-- Each row is a case as it was received. One that is put right is a further row of the same «id», and the last counts. Only a complaint
-- may be about no pupil.
CREATE TABLE request_case (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  ref TEXT NOT NULL,
  pupil_id TEXT REFERENCES pupil (id),
  contact_id TEXT REFERENCES contact (id),
  kind TEXT NOT NULL,
  received TEXT NOT NULL,
  channel TEXT NOT NULL,
  requester TEXT NOT NULL,
  capacity TEXT NOT NULL,
  asked TEXT,
  address TEXT,
  email TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX request_case_by_id ON request_case (id);
CREATE INDEX request_case_by_pupil ON request_case (pupil_id);

-- Each step of a case. One entered by mistake is taken back by a further row that names it in «corrects».
CREATE TABLE request_event (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL,
  pupil_id TEXT REFERENCES pupil (id),
  place_id TEXT,
  corrects TEXT REFERENCES request_event (id),
  kind TEXT NOT NULL,
  "on" TEXT NOT NULL,
  answer TEXT,
  outcome TEXT,
  exemption TEXT,
  what TEXT,
  note TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX request_event_by_case ON request_event (case_id);
CREATE INDEX request_event_by_pupil ON request_event (pupil_id);

-- Each letter of a case, with the very words that were sent.
CREATE TABLE request_letter (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL,
  pupil_id TEXT REFERENCES pupil (id),
  letter TEXT NOT NULL,
  sent_to TEXT NOT NULL,
  channel TEXT NOT NULL,
  "on" TEXT NOT NULL,
  words TEXT NOT NULL,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX request_letter_by_case ON request_letter (case_id);
CREATE INDEX request_letter_by_pupil ON request_letter (pupil_id);

CREATE TRIGGER request_case_keep BEFORE UPDATE ON request_case BEGIN SELECT raise(ABORT, 'append-only: request_case'); END;
CREATE TRIGGER request_case_stay BEFORE DELETE ON request_case
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' request_case ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: request_case'); END;
CREATE TRIGGER request_case_erasing BEFORE INSERT ON request_case
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' request_case ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: request_case'); END;
CREATE TRIGGER request_event_keep BEFORE UPDATE ON request_event BEGIN SELECT raise(ABORT, 'append-only: request_event'); END;
CREATE TRIGGER request_event_stay BEFORE DELETE ON request_event
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' request_event ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: request_event'); END;
CREATE TRIGGER request_event_erasing BEFORE INSERT ON request_event
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' request_event ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: request_event'); END;
CREATE TRIGGER request_letter_keep BEFORE UPDATE ON request_letter BEGIN SELECT raise(ABORT, 'append-only: request_letter'); END;
CREATE TRIGGER request_letter_stay BEFORE DELETE ON request_letter
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', OLD.pupil_id)
    AND (tables = '*' OR instr(tables, ' request_letter ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: request_letter'); END;
CREATE TRIGGER request_letter_erasing BEFORE INSERT ON request_letter
  WHEN EXISTS (SELECT 1 FROM erasure_order WHERE closed_at IS NULL AND pupil_id IN ('', NEW.pupil_id)
    AND (tables = '*' OR instr(tables, ' request_letter ') > 0))
  BEGIN SELECT raise(ABORT, 'append-only: request_letter'); END;

-- The unit's own list of places to search outside the program: the last row of a place counts. It says nothing of a pupil, and stays.
CREATE TABLE search_place (
  seq INTEGER PRIMARY KEY,
  place_id TEXT NOT NULL,
  name TEXT NOT NULL,
  hint TEXT NOT NULL,
  retired INTEGER NOT NULL DEFAULT 0,
  at TEXT NOT NULL,
  set_by TEXT NOT NULL
) STRICT;
CREATE TRIGGER search_place_keep BEFORE UPDATE ON search_place BEGIN SELECT raise(ABORT, 'append-only: search_place'); END;
CREATE TRIGGER search_place_stay BEFORE DELETE ON search_place BEGIN SELECT raise(ABORT, 'append-only: search_place'); END;

ALTER TABLE settings ADD COLUMN record_days INTEGER NOT NULL DEFAULT 15;
