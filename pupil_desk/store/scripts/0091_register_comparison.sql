-- That a week's register was compared with the school system's: its days, and how many differences were found and settled which way. No pupil is in it.
-- The last row of the same days holds; written once and never altered.
CREATE TABLE register_comparison (
  seq INTEGER PRIMARY KEY,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  compared INTEGER NOT NULL,
  differences INTEGER NOT NULL,
  theirs INTEGER NOT NULL,
  ours INTEGER NOT NULL,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE TRIGGER register_comparison_keep BEFORE UPDATE ON register_comparison BEGIN SELECT raise(ABORT, 'append-only: register_comparison'); END;
CREATE TRIGGER register_comparison_stay BEFORE DELETE ON register_comparison BEGIN SELECT raise(ABORT, 'append-only: register_comparison'); END;
