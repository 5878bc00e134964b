-- The seal over the tables, indexes, triggers and views as the program made them; none yet in a file from before.
ALTER TABLE identity ADD COLUMN schema_seal TEXT;
