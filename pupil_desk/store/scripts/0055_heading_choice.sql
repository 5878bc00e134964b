-- Which column a heading of another system means, as somebody chose it for lists with just these headings; an empty column is left out.
CREATE TABLE heading_choice (
  kind TEXT NOT NULL,
  headings TEXT NOT NULL,
  heading TEXT NOT NULL,
  "column" TEXT NOT NULL,
  at TEXT NOT NULL,
  chosen_by TEXT NOT NULL REFERENCES staff (id),
  PRIMARY KEY (kind, headings, heading)
) STRICT;
