-- Special needs as dated periods, health, care.
-- What the pupil's row says of provision, needs and care is today's value of the periods here (services/in_force.py).

CREATE TABLE sen_period (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  provision TEXT NOT NULL,
  start_date TEXT,
  end_date TEXT,
  review_date TEXT
) STRICT;
CREATE INDEX sen_period_by_pupil ON sen_period (pupil_id);

CREATE TABLE sen_need (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  need TEXT NOT NULL,
  rank INTEGER NOT NULL,
  start_date TEXT,
  end_date TEXT
) STRICT;
CREATE INDEX sen_need_by_pupil ON sen_need (pupil_id);

CREATE TABLE care_period (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  kind TEXT NOT NULL,
  start_date TEXT,
  end_date TEXT,
  authority TEXT
) STRICT;
CREATE INDEX care_period_by_pupil ON care_period (pupil_id);

CREATE TABLE health_item (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  kind TEXT NOT NULL,
  what TEXT NOT NULL,
  severity TEXT,
  emergency TEXT,
  plan TEXT,
  start_date TEXT,
  end_date TEXT
) STRICT;
CREATE INDEX health_item_by_pupil ON health_item (pupil_id);

CREATE TABLE disability (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  disability TEXT NOT NULL,
  start_date TEXT,
  end_date TEXT
) STRICT;
CREATE INDEX disability_by_pupil ON disability (pupil_id);

CREATE TABLE medicine (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  name TEXT NOT NULL,
  dose TEXT NOT NULL,
  taken TEXT NOT NULL,
  controlled INTEGER,
  consented_by TEXT,
  consented_on TEXT,
  stored TEXT,
  expiry TEXT,
  end_date TEXT
) STRICT;
CREATE INDEX medicine_by_pupil ON medicine (pupil_id);

CREATE TABLE dose (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  medicine_id TEXT NOT NULL REFERENCES medicine (id),
  corrects TEXT REFERENCES dose (id),
  given_on TEXT NOT NULL,
  given_time TEXT NOT NULL,
  amount TEXT NOT NULL,
  given_by TEXT NOT NULL,
  witness TEXT,
  was_given INTEGER NOT NULL,
  reason TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX dose_by_pupil ON dose (pupil_id);
CREATE UNIQUE INDEX dose_corrected_once ON dose (corrects);
CREATE TRIGGER dose_keep BEFORE UPDATE ON dose BEGIN SELECT raise(ABORT, 'append-only: dose'); END;
CREATE TRIGGER dose_stay BEFORE DELETE ON dose
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE pupil_id = OLD.pupil_id AND closed_at IS NULL)
  BEGIN SELECT raise(ABORT, 'append-only: dose'); END;
CREATE TRIGGER dose_no_replace BEFORE INSERT ON dose
  WHEN EXISTS (SELECT 1 FROM dose WHERE id = NEW.id)
  BEGIN SELECT raise(ABORT, 'append-only: dose'); END;

-- What an earlier unit's file holds begins the history; since when is not known.
INSERT INTO sen_period (id, pupil_id, provision)
  SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
    id, sen_provision FROM pupil WHERE sen_provision IS NOT NULL;
INSERT INTO sen_need (id, pupil_id, need, rank)
  SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
    id, sen_need_1, 1 FROM pupil WHERE sen_need_1 IS NOT NULL;
INSERT INTO sen_need (id, pupil_id, need, rank)
  SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
    id, sen_need_2, 2 FROM pupil WHERE sen_need_2 IS NOT NULL;
INSERT INTO care_period (id, pupil_id, kind, authority)
  SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
    id, 'LAC', care_authority FROM pupil WHERE looked_after = 1;
