-- The unit's number as a provider of learning: the Learning Records Service takes no file without it.
ALTER TABLE settings ADD COLUMN ukprn TEXT;
