-- In which language a letter about a request went beside the English, and in which version of its translation. What went before was in English.
ALTER TABLE request_letter ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE request_letter ADD COLUMN translation TEXT REFERENCES paper_translation (id);
