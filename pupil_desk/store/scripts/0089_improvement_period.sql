-- Of what was done about absence: until when a notice to improve gives the family time, and which parent a referral or what came of it is about.
ALTER TABLE absence_step ADD COLUMN until TEXT;
ALTER TABLE absence_step ADD COLUMN parent TEXT;
