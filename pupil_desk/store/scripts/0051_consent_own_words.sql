-- What a form explains, and what it offers instead, where the pupil signs it and is spoken to.
ALTER TABLE consent_type ADD COLUMN own_intro TEXT;
ALTER TABLE consent_type ADD COLUMN own_alternative TEXT;
ALTER TABLE consent_type ADD COLUMN easy_own_intro TEXT;
