-- Which act a change belongs to: what one transaction changed is shown, and undone, together.
-- A row of before this script has an empty act; such rows belong together by their moment, maker and source.
-- An amendment with an empty item says that the record was added, or with old = 'held' that it was taken away.
ALTER TABLE amendment ADD COLUMN act TEXT NOT NULL DEFAULT '';
ALTER TABLE import_made ADD COLUMN act TEXT NOT NULL DEFAULT '';
ALTER TABLE entering ADD COLUMN act TEXT NOT NULL DEFAULT '';
-- How many marks were entered and amended by it: told in a list of what was done, where counting them would read the whole register.
ALTER TABLE entering ADD COLUMN marks INTEGER NOT NULL DEFAULT 0;
CREATE INDEX amendment_by_act ON amendment (act, at);
CREATE INDEX amendment_by_record ON amendment (record_id);
CREATE INDEX amendment_by_maker ON amendment ("by");
CREATE INDEX entering_by_act ON entering (act) WHERE act <> '';
