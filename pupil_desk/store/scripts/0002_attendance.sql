-- The attendance register: marks, amendments, part-time timetables. SI 2024/208, regulations 6 and 10.
-- An entry is never overwritten: the current code of a session is its latest amendment, else the original (the view register_mark).

ALTER TABLE settings ADD COLUMN am_starts TEXT NOT NULL DEFAULT '09:00';
ALTER TABLE settings ADD COLUMN pm_starts TEXT NOT NULL DEFAULT '13:00';
ALTER TABLE settings ADD COLUMN register_copy INTEGER NOT NULL DEFAULT 0;

-- When and by whom entries were made: one row for all that one act entered, which keeps a mark small.
CREATE TABLE entering (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT;
CREATE TRIGGER entering_in_order BEFORE INSERT ON entering
  WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM entering)
  BEGIN SELECT raise(ABORT, 'append-only: entering'); END;
CREATE TRIGGER entering_keep BEFORE UPDATE ON entering BEGIN SELECT raise(ABORT, 'append-only: entering'); END;
CREATE TRIGGER entering_stay BEFORE DELETE ON entering BEGIN SELECT raise(ABORT, 'append-only: entering'); END;

CREATE TABLE mark (
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  day TEXT NOT NULL,
  session TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  code TEXT NOT NULL,
  minutes_late INTEGER,
  note TEXT,
  planned INTEGER NOT NULL DEFAULT 0,
  entering INTEGER NOT NULL REFERENCES entering (id),
  PRIMARY KEY (pupil_id, day, session)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_unsettled ON mark (pupil_id, day, session) WHERE code = 'N';
CREATE TRIGGER mark_once BEFORE INSERT ON mark
  WHEN EXISTS (SELECT 1 FROM mark WHERE pupil_id = NEW.pupil_id AND day = NEW.day AND session = NEW.session)
  BEGIN SELECT raise(ABORT, 'append-only: mark'); END;
CREATE TRIGGER mark_keep BEFORE UPDATE ON mark BEGIN SELECT raise(ABORT, 'append-only: mark'); END;
CREATE TRIGGER mark_stay BEFORE DELETE ON mark
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE pupil_id = OLD.pupil_id AND closed_at IS NULL)
  BEGIN SELECT raise(ABORT, 'append-only: mark'); END;

CREATE TABLE mark_amendment (
  pupil_id TEXT NOT NULL,
  day TEXT NOT NULL,
  session TEXT NOT NULL,
  number INTEGER NOT NULL,
  code TEXT NOT NULL,
  minutes_late INTEGER,
  note TEXT,
  planned INTEGER NOT NULL DEFAULT 0,
  reason TEXT NOT NULL CHECK (reason <> ''),
  entering INTEGER NOT NULL REFERENCES entering (id),
  PRIMARY KEY (pupil_id, day, session, number),
  FOREIGN KEY (pupil_id, day, session) REFERENCES mark (pupil_id, day, session)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER mark_amendment_in_order BEFORE INSERT ON mark_amendment
  WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM mark_amendment
    WHERE pupil_id = NEW.pupil_id AND day = NEW.day AND session = NEW.session)
  BEGIN SELECT raise(ABORT, 'append-only: mark_amendment'); END;
CREATE TRIGGER mark_amendment_keep BEFORE UPDATE ON mark_amendment BEGIN SELECT raise(ABORT, 'append-only: mark_amendment'); END;
CREATE TRIGGER mark_amendment_stay BEFORE DELETE ON mark_amendment
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE pupil_id = OLD.pupil_id AND closed_at IS NULL)
  BEGIN SELECT raise(ABORT, 'append-only: mark_amendment'); END;

-- What each amended session says now, and what it said at first.
CREATE VIEW amended_mark AS
  SELECT a.pupil_id, a.day, a.session, a.number, a.code, a.minutes_late, a.note, a.planned, a.entering,
    m.code AS first_code, m.entering AS first_entering
  FROM mark_amendment a JOIN mark m ON m.pupil_id = a.pupil_id AND m.day = a.day AND m.session = a.session
  WHERE a.number = (SELECT max(number) FROM mark_amendment x WHERE x.pupil_id = a.pupil_id AND x.day = a.day AND x.session = a.session);

-- The register as it stands: one row a session.
CREATE VIEW register_mark AS
  SELECT m.pupil_id, m.day, m.session, coalesce(a.code, m.code) AS code,
    CASE WHEN a.number IS NULL THEN m.minutes_late ELSE a.minutes_late END AS minutes_late,
    CASE WHEN a.number IS NULL THEN m.note ELSE a.note END AS note,
    coalesce(a.planned, m.planned) AS planned, coalesce(a.number, 0) AS amended, m.entering AS first_entering
  FROM mark m LEFT JOIN mark_amendment a ON a.pupil_id = m.pupil_id AND a.day = m.day AND a.session = m.session
    AND a.number = (SELECT max(number) FROM mark_amendment x WHERE x.pupil_id = m.pupil_id AND x.day = m.day AND x.session = m.session);

-- A pattern of the week agreed for a time: part-time, or days at the other school. An empty session is one we expect the pupil for.
CREATE TABLE timetable (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  since TEXT NOT NULL,
  "until" TEXT NOT NULL,
  mon_am TEXT, mon_pm TEXT, tue_am TEXT, tue_pm TEXT, wed_am TEXT, wed_pm TEXT, thu_am TEXT, thu_pm TEXT, fri_am TEXT, fri_pm TEXT,
  agreed_with TEXT,
  review_on TEXT,
  note TEXT
) STRICT;
CREATE INDEX timetable_by_pupil ON timetable (pupil_id);
