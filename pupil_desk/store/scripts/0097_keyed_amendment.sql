-- What a file changed of a school, a provider or a route: of each item what it said before, so that the file can be undone. An empty item is the whole
-- record, added by it. It holds names of staff elsewhere, and so goes with the record that is taken away.
CREATE TABLE keyed_amendment (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  item TEXT NOT NULL,
  old TEXT,
  new TEXT,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX keyed_amendment_by_act ON keyed_amendment (act);
CREATE TRIGGER keyed_amendment_keep BEFORE UPDATE ON keyed_amendment BEGIN SELECT raise(ABORT, 'append-only: keyed_amendment'); END;
