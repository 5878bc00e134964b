-- A family is given the two sides of the notice, unless the unit gives the tables with them; and where the whole is on the web.
ALTER TABLE settings ADD COLUMN whole_notice INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN notice_page TEXT;
