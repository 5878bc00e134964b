-- What stays of a school year when pupils of it are erased: figures that count and name nobody, with small numbers hidden as they were
-- that day. One row a figure of a year and a way to show it; written once, before the first of its pupils goes, and never altered.
CREATE TABLE statistic (
  seq INTEGER PRIMARY KEY,
  year INTEGER NOT NULL,
  kind TEXT NOT NULL,
  "by" TEXT NOT NULL,
  body TEXT NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (year, kind, "by")
) STRICT;
CREATE TRIGGER statistic_keep BEFORE UPDATE ON statistic BEGIN SELECT raise(ABORT, 'append-only: statistic'); END;
CREATE TRIGGER statistic_stay BEFORE DELETE ON statistic BEGIN SELECT raise(ABORT, 'append-only: statistic'); END;
