-- Fields of the unit's own: what is held beside what the program itself asks of a pupil, a contact or a plan, and why. A field is made once,
-- with all that the notice says of it, and withdrawn at most; it is never changed and never deleted, for what stands in it is read by it.
-- «codes» are the values of a list, a JSON array of texts; empty for a field of another kind. «special» is empty for what the law does not protect specially.
CREATE TABLE own_field (
  seq INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  record TEXT NOT NULL,
  label TEXT NOT NULL,
  kind TEXT NOT NULL,
  codes TEXT,
  hint TEXT,
  purpose TEXT NOT NULL,
  reason TEXT NOT NULL,
  basis TEXT NOT NULL,
  law TEXT,
  special TEXT,
  retention TEXT NOT NULL,
  at TEXT NOT NULL,
  made_by TEXT NOT NULL
) STRICT;
CREATE TRIGGER own_field_keep BEFORE UPDATE ON own_field BEGIN SELECT raise(ABORT, 'append-only: own_field'); END;
CREATE TRIGGER own_field_stay BEFORE DELETE ON own_field BEGIN SELECT raise(ABORT, 'append-only: own_field'); END;

-- That nothing is entered in a field any more: one row a field.
CREATE TABLE own_field_withdrawal (
  name TEXT PRIMARY KEY REFERENCES own_field (name),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  withdrawn_by TEXT NOT NULL
) STRICT;
CREATE TRIGGER own_field_withdrawal_keep BEFORE UPDATE ON own_field_withdrawal BEGIN SELECT raise(ABORT, 'append-only: own_field_withdrawal'); END;
CREATE TRIGGER own_field_withdrawal_stay BEFORE DELETE ON own_field_withdrawal BEGIN SELECT raise(ABORT, 'append-only: own_field_withdrawal'); END;

-- What stands in these fields, in the row of the record that it is of: JSON by the name of the field, nothing where there is none.
ALTER TABLE pupil ADD COLUMN own TEXT CHECK (own IS NULL OR json_type(own) = 'object');
ALTER TABLE contact ADD COLUMN own TEXT CHECK (own IS NULL OR json_type(own) = 'object');
ALTER TABLE plan ADD COLUMN own TEXT CHECK (own IS NULL OR json_type(own) = 'object');

-- Texts and values of lists are found like the rest, but for what the law protects specially.
DROP VIEW find_said;
CREATE VIEW find_said AS
SELECT 'pupil' AS kind, id AS record_id, id AS pupil_id,
  concat_ws(' ', surname, forename, middle_names, preferred_surname, preferred_forename, ref, upn, former_upn, uln) AS own,
  concat_ws(' ', address_1, address_2, locality, replace(postcode, ' ', ''),
    replace(replace(replace(replace(email, '@', ''), '.', ''), '-', ''), '_', ''),
    replace(replace(replace(replace(replace(replace(replace(phone, ' ', ''), '-', ''), '.', ''), '(0)', ''), '(', ''), ')', ''), '+44', '0'),
    replace(previous_school, '/', ''), substr(previous_school, instr(previous_school, '/') + 1),
    CASE WHEN pupil.own IS NOT NULL THEN (SELECT group_concat(v.value, ' ') FROM json_each(pupil.own) v JOIN own_field f ON f.name = v.key
      WHERE f.special IS NULL AND f.kind IN ('text', 'code')) END) AS more
FROM pupil
UNION ALL
SELECT 'contact', id, pupil_id, '',
  concat_ws(' ', surname, forename, address_1, address_2, locality, replace(postcode, ' ', ''),
    replace(replace(replace(replace(email, '@', ''), '.', ''), '-', ''), '_', ''),
    replace(replace(replace(replace(replace(replace(replace(phone, ' ', ''), '-', ''), '.', ''), '(0)', ''), '(', ''), ')', ''), '+44', '0'),
    replace(replace(replace(replace(replace(replace(replace(mobile, ' ', ''), '-', ''), '.', ''), '(0)', ''), '(', ''), ')', ''), '+44', '0'),
    CASE WHEN contact.own IS NOT NULL THEN (SELECT group_concat(v.value, ' ') FROM json_each(contact.own) v JOIN own_field f ON f.name = v.key
      WHERE f.special IS NULL AND f.kind IN ('text', 'code')) END)
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
