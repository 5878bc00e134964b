-- The day from which papers name the Information Commission in the Commissioner's place; none is known yet.
ALTER TABLE settings ADD COLUMN commission_since TEXT;
