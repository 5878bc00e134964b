-- In which language a contact would like to be written to: a code of notice_language; empty is not known.
ALTER TABLE contact ADD COLUMN language TEXT;
