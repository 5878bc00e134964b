-- Whether the unit records incidents here. What it does not use is not on the rail, nor offered; what is on file stays.
ALTER TABLE settings ADD COLUMN records_incidents INTEGER NOT NULL DEFAULT 1;
