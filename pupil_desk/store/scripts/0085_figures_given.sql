-- Figures that were printed for others, with small numbers hidden by themselves: of which days, and by what. No pupil is in it. Written once and never altered.
CREATE TABLE figure_given (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  by TEXT NOT NULL,
  only_of TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE TRIGGER figure_given_keep BEFORE UPDATE ON figure_given BEGIN SELECT raise(ABORT, 'append-only: figure_given'); END;
CREATE TRIGGER figure_given_stay BEFORE DELETE ON figure_given BEGIN SELECT raise(ABORT, 'append-only: figure_given'); END;
