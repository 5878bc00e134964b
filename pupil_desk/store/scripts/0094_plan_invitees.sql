-- With which of those invited to a review a step was done. Of the steps before it is not known, so they count for nobody.
ALTER TABLE plan_step ADD COLUMN invitee TEXT;
