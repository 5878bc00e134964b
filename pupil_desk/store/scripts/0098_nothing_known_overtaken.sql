-- A note of health came after somebody said that there is nothing to know, and was then put among the restricted notes, where what it is of can
-- no longer be read: what was said stays void.
ALTER TABLE health_none ADD COLUMN overtaken INTEGER NOT NULL DEFAULT 0;
