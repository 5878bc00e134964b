-- The unit's own picture: numbers of pupils smaller than this are not printed for others.
ALTER TABLE settings ADD COLUMN small_numbers INTEGER NOT NULL DEFAULT 5;
