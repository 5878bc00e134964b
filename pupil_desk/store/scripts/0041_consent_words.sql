-- What the boxes of a form say where the pupil signs, and the right that begins so many terms before the 16th birthday.
ALTER TABLE consent_type ADD COLUMN own_yes TEXT;
ALTER TABLE consent_type ADD COLUMN own_no TEXT;
ALTER TABLE consent_type ADD COLUMN easy_own_yes TEXT;
ALTER TABLE consent_type ADD COLUMN easy_own_no TEXT;
ALTER TABLE consent_type ADD COLUMN pupil_no_terms INTEGER;
