-- What a transfer file says beside: the unit's unique reference number, and of free meals when it was looked into and when it will be again.
ALTER TABLE settings ADD COLUMN urn TEXT;
ALTER TABLE care_period ADD COLUMN verified_on TEXT;
ALTER TABLE care_period ADD COLUMN review_date TEXT;
