-- Of a pupil's part in an incident: how long each intervention lasted, who of the staff did it, and of a search what it was for, who was there, and what was found.
ALTER TABLE incident ADD COLUMN force_minutes INTEGER;
ALTER TABLE incident ADD COLUMN seclusion_minutes INTEGER;
ALTER TABLE incident ADD COLUMN restraint_minutes INTEGER;
ALTER TABLE incident ADD COLUMN done_by TEXT;
ALTER TABLE incident ADD COLUMN search_for TEXT;
ALTER TABLE incident ADD COLUMN search_by TEXT;
ALTER TABLE incident ADD COLUMN search_found TEXT;
