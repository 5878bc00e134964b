-- Letters and forms in other languages: what somebody translated, line by line, of which wording, and who has checked it.
-- One row a version of the translation of one paper («letter/…», «consent/…») into one language; the last counts, and one that is
-- «retired» is used no longer. «of_wording» is the digest of the English lines, so that a translation holds for no others.
CREATE TABLE paper_translation (
  id TEXT PRIMARY KEY,
  paper TEXT NOT NULL,
  language TEXT NOT NULL,
  version INTEGER NOT NULL,
  of_wording TEXT NOT NULL,
  lines TEXT NOT NULL,
  translated_by TEXT,
  checked_by TEXT,
  checked_on TEXT,
  retired INTEGER NOT NULL DEFAULT 0,
  at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  UNIQUE (paper, language, version)
) STRICT;
CREATE TRIGGER paper_translation_keep BEFORE UPDATE ON paper_translation BEGIN SELECT raise(ABORT, 'append-only: paper_translation'); END;
CREATE TRIGGER paper_translation_stay BEFORE DELETE ON paper_translation BEGIN SELECT raise(ABORT, 'append-only: paper_translation'); END;

-- In which language a letter or a form went out beside the English, and in which version of its translation. What went before was in English.
ALTER TABLE letter_sent ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE letter_sent ADD COLUMN translation TEXT REFERENCES paper_translation (id);
ALTER TABLE paper_form ADD COLUMN translation TEXT REFERENCES paper_translation (id);
