-- School years of which anonymous statistics were given: the very file, kept so that it is given again the same. A year without a file is one of which
-- something was erased before any was given: it never has one. Written once and never altered.
CREATE TABLE anonymous_year (
  year INTEGER PRIMARY KEY,
  summary TEXT,
  book BLOB,
  at TEXT NOT NULL,
  CHECK ((summary IS NULL) = (book IS NULL))
) STRICT;
CREATE TRIGGER anonymous_year_keep BEFORE UPDATE ON anonymous_year BEGIN SELECT raise(ABORT, 'append-only: anonymous_year'); END;
CREATE TRIGGER anonymous_year_stay BEFORE DELETE ON anonymous_year BEGIN SELECT raise(ABORT, 'append-only: anonymous_year'); END;
