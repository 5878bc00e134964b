-- What was spent by a plan is kept to the penny, as every other price is: in pounds, as it is written. An amount that is no price stays, in the words of its step.
DROP TRIGGER plan_step_keep;
ALTER TABLE plan_step RENAME COLUMN amount TO whole_pounds;
ALTER TABLE plan_step ADD COLUMN amount TEXT;
UPDATE plan_step SET
  amount = CASE WHEN whole_pounds BETWEEN 0 AND 999999 THEN CAST(whole_pounds AS TEXT) END,
  note = CASE WHEN whole_pounds BETWEEN 0 AND 999999 THEN note ELSE ltrim(coalesce(note, '') || char(10) || 'Pounds spent: ' || whole_pounds, char(10)) END
  WHERE whole_pounds IS NOT NULL;
ALTER TABLE plan_step DROP COLUMN whole_pounds;
CREATE TRIGGER plan_step_keep BEFORE UPDATE ON plan_step BEGIN SELECT raise(ABORT, 'append-only: plan_step'); END;
