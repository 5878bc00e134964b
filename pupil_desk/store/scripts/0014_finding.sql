-- One index of words over all that can be found.
-- What each record says, in the words it is found by: ``own`` are a pupil's names and numbers, which the list finds too; ``more``
-- is everything else. What people write with and without blanks, dots or strokes (postcodes, telephones, e-mail, numbers of schools)
-- stands there as one word, as basics.text.joined makes it. Towns and counties are left out: they are everybody's.
CREATE VIEW find_said AS
SELECT 'pupil' AS kind, id AS record_id, id AS pupil_id,
  concat_ws(' ', surname, forename, middle_names, preferred_surname, preferred_forename, ref, upn, former_upn, uln) AS own,
  concat_ws(' ', address_1, address_2, locality, replace(postcode, ' ', ''),
    replace(replace(replace(replace(email, '@', ''), '.', ''), '-', ''), '_', ''),
    replace(replace(replace(replace(replace(replace(replace(phone, ' ', ''), '-', ''), '.', ''), '(0)', ''), '(', ''), ')', ''), '+44', '0'),
    replace(previous_school, '/', ''), substr(previous_school, instr(previous_school, '/') + 1)) AS more
FROM pupil
UNION ALL
SELECT 'contact', id, pupil_id, '',
  concat_ws(' ', surname, forename, address_1, address_2, locality, replace(postcode, ' ', ''),
    replace(replace(replace(replace(email, '@', ''), '.', ''), '-', ''), '_', ''),
    replace(replace(replace(replace(replace(replace(replace(phone, ' ', ''), '-', ''), '.', ''), '(0)', ''), '(', ''), ')', ''), '+44', '0'),
    replace(replace(replace(replace(replace(replace(replace(mobile, ' ', ''), '-', ''), '.', ''), '(0)', ''), '(', ''), ')', ''), '+44', '0'))
FROM contact
UNION ALL
SELECT 'enrolment', id, pupil_id, '',
  concat_ws(' ', replace(main_school, '/', ''), substr(main_school, instr(main_school, '/') + 1), commissioned_by, last_school, next_school)
FROM enrolment
UNION ALL
SELECT 'former_address', id, pupil_id, '', concat_ws(' ', address_1, address_2, locality, replace(postcode, ' ', ''))
FROM former_address
UNION ALL
SELECT 'amendment', seq, pupil_id, '', old
FROM amendment WHERE kind = 'pupil' AND old IS NOT NULL
  AND item IN ('surname', 'forename', 'middle_names', 'preferred_surname', 'preferred_forename', 'upn', 'former_upn', 'uln');

-- The same without apostrophes, and with letters that the index does not take apart by itself: as basics.text.PLAIN has them.
-- Most texts have none of these, and are spared it: of the signs of ASCII only ' and ` are.
CREATE VIEW find_words AS
SELECT kind, record_id, pupil_id,
  CASE WHEN own GLOB '*[^ -&(-_a-~]*' THEN replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    own, '''', ''), '’', ''), '‘', ''), 'ʼ', ''), 'ʹ', ''), '`', ''), '´', ''), '′', ''), '＇', ''), 'ł', 'l'), 'Ł', 'l'), 'ø', 'o'), 'Ø', 'o'),
    'đ', 'd'), 'Đ', 'd'), 'ð', 'd'), 'Ð', 'd'), 'þ', 'th'), 'Þ', 'th'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe'), 'ı', 'i'), 'ħ', 'h'),
    'Ħ', 'h'), 'ŋ', 'n'), 'Ŋ', 'n'), 'ß', 'ss'), 'ẞ', 'ss')
    ELSE own END AS own,
  CASE WHEN more GLOB '*[^ -&(-_a-~]*' THEN replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    more, '''', ''), '’', ''), '‘', ''), 'ʼ', ''), 'ʹ', ''), '`', ''), '´', ''), '′', ''), '＇', ''), 'ł', 'l'), 'Ł', 'l'), 'ø', 'o'), 'Ø', 'o'),
    'đ', 'd'), 'Đ', 'd'), 'ð', 'd'), 'Ð', 'd'), 'þ', 'th'), 'Þ', 'th'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe'), 'ı', 'i'), 'ħ', 'h'),
    'Ħ', 'h'), 'ŋ', 'n'), 'Ŋ', 'n'), 'ß', 'ss'), 'ẞ', 'ss')
    ELSE more END AS more
FROM find_said;

CREATE TABLE findable (
  n INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  pupil_id TEXT NOT NULL,
  own TEXT NOT NULL,
  more TEXT NOT NULL
) STRICT;
INSERT INTO findable (kind, record_id, pupil_id, own, more) SELECT kind, record_id, pupil_id, own, more FROM find_words;
CREATE INDEX findable_by_pupil ON findable (pupil_id);
CREATE VIRTUAL TABLE find USING fts5 (own, more, content = 'findable', content_rowid = 'n', tokenize = "unicode61 remove_diacritics 2");
INSERT INTO find (find, rank) VALUES ('secure-delete', 1);
INSERT INTO find (find) VALUES ('rebuild');
DROP TABLE pupil_find;

-- What a list of everybody asks of each: in its order, and who is on roll, read from these alone and not from the wide rows.
DROP INDEX pupil_by_name;
CREATE INDEX pupil_by_name ON pupil (sort_key, id, ref, surname, forename, preferred_forename, dob, year_group, upn, same_as);
DROP INDEX enrolment_by_pupil;
CREATE INDEX enrolment_by_pupil ON enrolment (pupil_id, status, start_date, end_date);
CREATE INDEX enrolment_by_status ON enrolment (status, start_date, end_date, pupil_id);

-- The index follows its rows, and the rows follow the records: whoever writes those need not think of it.
CREATE TRIGGER findable_added AFTER INSERT ON findable
  BEGIN INSERT INTO find (rowid, own, more) VALUES (NEW.n, NEW.own, NEW.more); END;
CREATE TRIGGER findable_gone AFTER DELETE ON findable
  BEGIN INSERT INTO find (find, rowid, own, more) VALUES ('delete', OLD.n, OLD.own, OLD.more); END;
CREATE TRIGGER findable_changed AFTER UPDATE ON findable WHEN NEW.own <> OLD.own OR NEW.more <> OLD.more
  BEGIN
    INSERT INTO find (find, rowid, own, more) VALUES ('delete', OLD.n, OLD.own, OLD.more);
    INSERT INTO find (rowid, own, more) VALUES (NEW.n, NEW.own, NEW.more);
  END;

CREATE TRIGGER pupil_found AFTER INSERT ON pupil
  BEGIN
    INSERT INTO findable (kind, record_id, pupil_id, own, more)
      SELECT kind, record_id, pupil_id, own, more FROM find_words WHERE kind = 'pupil' AND record_id = NEW.id;
  END;
CREATE TRIGGER pupil_found_anew AFTER UPDATE ON pupil
  BEGIN
    UPDATE findable SET (pupil_id, own, more) = (SELECT pupil_id, own, more FROM find_words WHERE kind = 'pupil' AND record_id = NEW.id)
      WHERE pupil_id = OLD.id AND kind = 'pupil' AND record_id = OLD.id;
  END;
CREATE TRIGGER pupil_found_no_more AFTER DELETE ON pupil
  BEGIN DELETE FROM findable WHERE pupil_id = OLD.id AND kind = 'pupil' AND record_id = OLD.id; END;

CREATE TRIGGER contact_found AFTER INSERT ON contact
  BEGIN
    INSERT INTO findable (kind, record_id, pupil_id, own, more)
      SELECT kind, record_id, pupil_id, own, more FROM find_words WHERE kind = 'contact' AND record_id = NEW.id;
  END;
CREATE TRIGGER contact_found_anew AFTER UPDATE ON contact
  BEGIN
    UPDATE findable SET (pupil_id, own, more) = (SELECT pupil_id, own, more FROM find_words WHERE kind = 'contact' AND record_id = NEW.id)
      WHERE pupil_id = OLD.pupil_id AND kind = 'contact' AND record_id = OLD.id;
  END;
CREATE TRIGGER contact_found_no_more AFTER DELETE ON contact
  BEGIN DELETE FROM findable WHERE pupil_id = OLD.pupil_id AND kind = 'contact' AND record_id = OLD.id; END;

CREATE TRIGGER enrolment_found AFTER INSERT ON enrolment
  BEGIN
    INSERT INTO findable (kind, record_id, pupil_id, own, more)
      SELECT kind, record_id, pupil_id, own, more FROM find_words WHERE kind = 'enrolment' AND record_id = NEW.id;
  END;
CREATE TRIGGER enrolment_found_anew AFTER UPDATE ON enrolment
  BEGIN
    UPDATE findable SET (pupil_id, own, more) = (SELECT pupil_id, own, more FROM find_words WHERE kind = 'enrolment' AND record_id = NEW.id)
      WHERE pupil_id = OLD.pupil_id AND kind = 'enrolment' AND record_id = OLD.id;
  END;
CREATE TRIGGER enrolment_found_no_more AFTER DELETE ON enrolment
  BEGIN DELETE FROM findable WHERE pupil_id = OLD.pupil_id AND kind = 'enrolment' AND record_id = OLD.id; END;

CREATE TRIGGER former_address_found AFTER INSERT ON former_address
  BEGIN
    INSERT INTO findable (kind, record_id, pupil_id, own, more)
      SELECT kind, record_id, pupil_id, own, more FROM find_words WHERE kind = 'former_address' AND record_id = NEW.id;
  END;
CREATE TRIGGER former_address_found_no_more AFTER DELETE ON former_address
  BEGIN DELETE FROM findable WHERE pupil_id = OLD.pupil_id AND kind = 'former_address' AND record_id = OLD.id; END;

CREATE TRIGGER amendment_found AFTER INSERT ON amendment
  WHEN NEW.kind = 'pupil' AND NEW.old IS NOT NULL
  BEGIN
    INSERT INTO findable (kind, record_id, pupil_id, own, more)
      SELECT kind, record_id, pupil_id, own, more FROM find_words WHERE kind = 'amendment' AND record_id = NEW.seq;
  END;
CREATE TRIGGER amendment_found_no_more AFTER DELETE ON amendment
  BEGIN DELETE FROM findable WHERE pupil_id = OLD.pupil_id AND kind = 'amendment' AND record_id = CAST(OLD.seq AS TEXT); END;
