-- Which slots of the keys file are in force: their checksum, kept by the transaction that changed them. The two copies beside this file
-- differ only after a kill or a full disk, and then the one of this checksum counts.
ALTER TABLE identity ADD COLUMN keys_checksum TEXT;
