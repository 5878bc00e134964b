-- With which version of a translation a consent was asked for, on a page beside the English form, whose words «language» names.
ALTER TABLE consent_event ADD COLUMN translation TEXT REFERENCES paper_translation (id);
