-- On a transport sheet: when the office answers, and whom to ring then. Of a route: since when nobody has said that driver and escort are still right.
ALTER TABLE settings ADD COLUMN office_hours TEXT;
ALTER TABLE settings ADD COLUMN phone_else TEXT;
ALTER TABLE route ADD COLUMN staff_day TEXT;
UPDATE route SET staff_day = coalesce(sheet_day, date('now')) WHERE driver IS NOT NULL OR escort IS NOT NULL;
