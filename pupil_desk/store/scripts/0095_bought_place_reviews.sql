-- Reviews of the places that the unit buys from providers: each stays, and the place has the day of the next.
CREATE TABLE bought_place_review (
  id TEXT PRIMARY KEY,
  pupil_id TEXT NOT NULL REFERENCES pupil (id),
  provider TEXT NOT NULL,
  day TEXT NOT NULL,
  present TEXT,
  found TEXT NOT NULL,
  said TEXT,
  decision TEXT NOT NULL,
  next_review TEXT
) STRICT;
CREATE INDEX bought_place_review_by_pupil ON bought_place_review (pupil_id);
