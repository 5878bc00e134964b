-- The shape of a unit's file. Never edited once shipped: a change is a new script.
-- Append-only tables refuse UPDATE always, and DELETE unless an erasure order for that pupil is open.

CREATE TABLE identity (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  vault_id TEXT NOT NULL,
  made_at TEXT NOT NULL,
  training INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1,
  must_change_password INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE log (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  tick INTEGER NOT NULL,
  boot TEXT NOT NULL,
  user_id TEXT NOT NULL,
  role TEXT NOT NULL,
  action TEXT NOT NULL,
  kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  app_version TEXT NOT NULL,
  mac TEXT NOT NULL
) STRICT;
CREATE INDEX log_by_object ON log (object_id);
CREATE INDEX log_by_user ON log (user_id);
CREATE TRIGGER log_in_order BEFORE INSERT ON log
  WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM log)
  BEGIN SELECT raise(ABORT, 'append-only: log'); END;
CREATE TRIGGER log_keep BEFORE UPDATE ON log BEGIN SELECT raise(ABORT, 'append-only: log'); END;
CREATE TRIGGER log_stay BEFORE DELETE ON log BEGIN SELECT raise(ABORT, 'append-only: log'); END;

CREATE TABLE settings (
  version INTEGER PRIMARY KEY,
  set_at TEXT NOT NULL,
  set_by TEXT NOT NULL,
  name TEXT NOT NULL,
  la TEXT NOT NULL,
  estab TEXT NOT NULL,
  address_1 TEXT, address_2 TEXT, locality TEXT, town TEXT, county TEXT, postcode TEXT,
  phone TEXT, email TEXT,
  controller TEXT,
  head TEXT,
  choices_contact TEXT, choices_role TEXT,
  copy_contact TEXT, copy_role TEXT,
  dpo TEXT, dpo_email TEXT, dpo_phone TEXT,
  authority TEXT, authority_page TEXT,
  youth_service TEXT, youth_service_page TEXT,
  no_notice_13 TEXT NOT NULL,
  unasked_16 TEXT NOT NULL,
  unasked_post_16 TEXT NOT NULL,
  with_parent INTEGER NOT NULL,
  lock_minutes INTEGER NOT NULL
) STRICT;
CREATE TRIGGER settings_keep BEFORE UPDATE ON settings BEGIN SELECT raise(ABORT, 'append-only: settings'); END;
CREATE TRIGGER settings_stay BEFORE DELETE ON settings BEGIN SELECT raise(ABORT, 'append-only: settings'); END;

CREATE TABLE term (
  id TEXT PRIMARY KEY,
  "start" TEXT NOT NULL,
  "end" TEXT NOT NULL
) STRICT;

CREATE TABLE closure (
  id TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE pupil (
  id TEXT PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  surname TEXT NOT NULL,
  forename TEXT NOT NULL,
  middle_names TEXT, preferred_surname TEXT, preferred_forename TEXT,
  dob TEXT NOT NULL,
  upn TEXT UNIQUE,
  former_upn TEXT,
  uln TEXT,
  sex TEXT, ethnicity TEXT, ethnicity_source TEXT, first_language TEXT,
  address_1 TEXT, address_2 TEXT, locality TEXT, town TEXT, county TEXT, postcode TEXT,
  phone TEXT, email TEXT,
  year_group TEXT,
  previous_school TEXT,
  sen_provision TEXT, sen_need_1 TEXT, sen_need_2 TEXT,
  medical TEXT,
  looked_after INTEGER, care_authority TEXT, service_child TEXT, young_carer TEXT,
  sort_key TEXT NOT NULL
) STRICT;
CREATE INDEX pupil_by_name ON pupil (sort_key);
CREATE INDEX pupil_by_former_upn ON pupil (former_upn);
CREATE VIRTUAL TABLE pupil_find USING fts5 (id UNINDEXED, words, tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3');
INSERT INTO pupil_find (pupil_find, rank) VALUES ('secure-delete', 1);

CREATE TABLE enrolment (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  status TEXT NOT NULL,
  start_date TEXT,
  end_date TEXT,
  main_school TEXT
) STRICT;
CREATE INDEX enrolment_by_pupil ON enrolment (pupil_id);

CREATE TABLE contact (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  surname TEXT NOT NULL,
  relationship TEXT NOT NULL,
  "order" INTEGER,
  title TEXT, forename TEXT,
  parental_responsibility INTEGER,
  lives_with INTEGER,
  phone TEXT, mobile TEXT, email TEXT,
  address_1 TEXT, address_2 TEXT, locality TEXT, town TEXT, county TEXT, postcode TEXT
) STRICT;
CREATE INDEX contact_by_pupil ON contact (pupil_id);

-- An erasure order (part 3) is the one way out of an append-only table.
CREATE TABLE erasure_order (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  closed_at TEXT
) STRICT;

CREATE TABLE amendment (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  pupil_id TEXT NOT NULL,
  item TEXT NOT NULL,
  old TEXT,
  new TEXT,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT;
CREATE INDEX amendment_by_pupil ON amendment (pupil_id);

CREATE TABLE protection (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  contact_id TEXT REFERENCES contact (id),
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  since TEXT NOT NULL,
  "until" TEXT,
  at TEXT NOT NULL,
  set_by TEXT NOT NULL
) STRICT;
CREATE INDEX protection_by_pupil ON protection (pupil_id);

CREATE TABLE protection_lift (
  protection_id TEXT PRIMARY KEY REFERENCES protection (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  lifted_by TEXT NOT NULL
) STRICT;

CREATE TABLE choice (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  recipient TEXT NOT NULL,
  choice TEXT NOT NULL,
  "by" TEXT NOT NULL,
  "on" TEXT NOT NULL,
  giver TEXT,
  channel TEXT,
  note TEXT,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX choice_by_pupil ON choice (pupil_id);

CREATE TABLE notice_edition (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  made_on TEXT NOT NULL,
  digest TEXT NOT NULL,
  wording TEXT NOT NULL,
  unit TEXT NOT NULL,
  catalogue TEXT NOT NULL,
  recipients TEXT NOT NULL
) STRICT;
CREATE TRIGGER notice_edition_keep BEFORE UPDATE ON notice_edition BEGIN SELECT raise(ABORT, 'append-only: notice_edition'); END;
CREATE TRIGGER notice_edition_stay BEFORE DELETE ON notice_edition BEGIN SELECT raise(ABORT, 'append-only: notice_edition'); END;

CREATE TABLE notice_issue (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  edition_id TEXT NOT NULL REFERENCES notice_edition (id),
  contact_id TEXT REFERENCES contact (id),
  given_to TEXT NOT NULL,
  "on" TEXT NOT NULL,
  channel TEXT NOT NULL,
  at TEXT NOT NULL,
  issued_by TEXT NOT NULL
) STRICT;
CREATE INDEX notice_issue_by_pupil ON notice_issue (pupil_id);

CREATE TABLE export_made (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  recipient TEXT NOT NULL,
  law TEXT NOT NULL,
  reason TEXT NOT NULL,
  judged_on TEXT NOT NULL,
  at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  fields TEXT NOT NULL,
  "rows" INTEGER NOT NULL,
  left_out INTEGER NOT NULL,
  plain INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  receipt TEXT NOT NULL
) STRICT;
CREATE TRIGGER export_made_keep BEFORE UPDATE ON export_made BEGIN SELECT raise(ABORT, 'append-only: export_made'); END;
CREATE TRIGGER export_made_stay BEFORE DELETE ON export_made BEGIN SELECT raise(ABORT, 'append-only: export_made'); END;

CREATE TABLE disclosure (
  seq INTEGER PRIMARY KEY,
  export_id TEXT NOT NULL REFERENCES export_made (id),
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  level TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  fields TEXT NOT NULL
) STRICT;
CREATE INDEX disclosure_by_pupil ON disclosure (pupil_id);

CREATE TABLE import_made (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  "read" INTEGER NOT NULL,
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  at TEXT NOT NULL,
  made_by TEXT NOT NULL
) STRICT;
CREATE TRIGGER import_made_keep BEFORE UPDATE ON import_made BEGIN SELECT raise(ABORT, 'append-only: import_made'); END;
CREATE TRIGGER import_made_stay BEFORE DELETE ON import_made BEGIN SELECT raise(ABORT, 'append-only: import_made'); END;

CREATE TABLE backup_made (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  log_seq INTEGER NOT NULL,
  removable INTEGER NOT NULL
) STRICT;

CREATE TABLE draft (
  author TEXT NOT NULL,
  page TEXT NOT NULL,
  object_id TEXT NOT NULL,
  body TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (author, page, object_id)
) STRICT;

-- The record of a pupil that only grows.
CREATE TRIGGER amendment_keep BEFORE UPDATE ON amendment BEGIN SELECT raise(ABORT, 'append-only: amendment'); END;
CREATE TRIGGER amendment_stay BEFORE DELETE ON amendment
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE pupil_id = OLD.pupil_id AND closed_at IS NULL)
  BEGIN SELECT raise(ABORT, 'append-only: amendment'); END;
CREATE TRIGGER protection_keep BEFORE UPDATE ON protection BEGIN SELECT raise(ABORT, 'append-only: protection'); END;
CREATE TRIGGER protection_stay BEFORE DELETE ON protection
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE pupil_id = OLD.pupil_id AND closed_at IS NULL)
  BEGIN SELECT raise(ABORT, 'append-only: protection'); END;
CREATE TRIGGER protection_lift_keep BEFORE UPDATE ON protection_lift BEGIN SELECT raise(ABORT, 'append-only: protection_lift'); END;
CREATE TRIGGER protection_lift_stay BEFORE DELETE ON protection_lift
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE pupil_id = OLD.pupil_id AND closed_at IS NULL)
  BEGIN SELECT raise(ABORT, 'append-only: protection_lift'); END;
CREATE TRIGGER choice_keep BEFORE UPDATE ON choice BEGIN SELECT raise(ABORT, 'append-only: choice'); END;
CREATE TRIGGER choice_stay BEFORE DELETE ON choice
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE pupil_id = OLD.pupil_id AND closed_at IS NULL)
  BEGIN SELECT raise(ABORT, 'append-only: choice'); END;
CREATE TRIGGER notice_issue_keep BEFORE UPDATE ON notice_issue BEGIN SELECT raise(ABORT, 'append-only: notice_issue'); END;
CREATE TRIGGER notice_issue_stay BEFORE DELETE ON notice_issue
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE pupil_id = OLD.pupil_id AND closed_at IS NULL)
  BEGIN SELECT raise(ABORT, 'append-only: notice_issue'); END;
CREATE TRIGGER disclosure_keep BEFORE UPDATE ON disclosure BEGIN SELECT raise(ABORT, 'append-only: disclosure'); END;
CREATE TRIGGER disclosure_stay BEFORE DELETE ON disclosure
  WHEN NOT EXISTS (SELECT 1 FROM erasure_order WHERE pupil_id = OLD.pupil_id AND closed_at IS NULL)
  BEGIN SELECT raise(ABORT, 'append-only: disclosure'); END;
