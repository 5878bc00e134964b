-- Of a timetable: why it is part-time, and for how many hours a week the pupil is expected here.
ALTER TABLE timetable ADD COLUMN reason TEXT;
ALTER TABLE timetable ADD COLUMN hours INTEGER;
