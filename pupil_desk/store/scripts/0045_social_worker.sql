-- Who the social worker of a looked-after child, of a child in need or under a child protection plan is, with the time itself.
ALTER TABLE care_period ADD COLUMN worker TEXT;
ALTER TABLE care_period ADD COLUMN worker_reach TEXT;
