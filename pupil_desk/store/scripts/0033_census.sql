-- The school census: a reference day that is not the rule's, and whether the youth support services agreement is told, of which it is not sure that it is still asked.
ALTER TABLE settings ADD COLUMN census_day TEXT;
ALTER TABLE settings ADD COLUMN census_yssa INTEGER NOT NULL DEFAULT 1;
