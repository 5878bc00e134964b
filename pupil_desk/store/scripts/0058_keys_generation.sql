-- How many changes the slots in force have seen, beside their checksum: older ones put beside this file are told from altered ones.
ALTER TABLE identity ADD COLUMN keys_generation INTEGER;
