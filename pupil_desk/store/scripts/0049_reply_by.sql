-- The day by which families are asked to answer about a trip.
ALTER TABLE consent_occasion ADD COLUMN reply_by TEXT;
