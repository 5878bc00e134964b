-- The groups in which a unit teaches, by which the register is shown and printed: the tutor group, the site, and the subject sets with a comma between them.
ALTER TABLE pupil ADD COLUMN tutor_group TEXT;
ALTER TABLE pupil ADD COLUMN site TEXT;
ALTER TABLE pupil ADD COLUMN subject_sets TEXT;
