-- Of what kind the unit is, by which duties differ; and whom the letter about a suspension names for advice.
ALTER TABLE settings ADD COLUMN kind TEXT;
ALTER TABLE settings ADD COLUMN sendiass TEXT;
