-- The step of a suspension by which a line of the log of disclosures was written: it is struck out with it.
ALTER TABLE disclosure ADD COLUMN of_event TEXT NOT NULL DEFAULT '';
CREATE INDEX disclosure_by_event ON disclosure (of_event) WHERE of_event <> '';

-- The steps that say that somebody outside the unit was told had no line before: each that stands has one now, with its own day and author,
-- by the law that binds the unit's kind, and to whom the notice names of that kind.
INSERT INTO disclosure (pupil_id, way, what, recipient, law, purpose, level, decided_by, reason, fields, "on", at, told_by, told_to, of_event)
  SELECT e.pupil_id, 'not-recorded', 'Not recorded how',
    CASE e.told_to WHEN 'authority' THEN 'Local authority' WHEN 'main-school' THEN 'Main or commissioning school'
      WHEN 'social-care' THEN 'Children’s social care' WHEN 'virtual-school' THEN 'Virtual school'
      ELSE CASE e.kind WHEN 'told-la' THEN 'School or authority that placed the pupil' WHEN 'told-social-worker' THEN 'Social worker'
        ELSE 'Virtual school head' END END,
    CASE WHEN e.covered THEN 'A law demands it: Article 6(1)(c). Education Act 2002, section 51A, and SI 2012/1033'
      ELSE 'Our public task: Article 6(1)(e)' END,
    'To tell of a suspension or exclusion without delay', 'full', 'rule', '', 'name and date of birth, suspensions and exclusions',
    e."on", e.at, e.recorded_by, e.told_to, e.id
  FROM (
    SELECT s.*, u.covered,
      CASE WHEN s.kind = 'told-la' AND u.covered THEN 'authority'
        WHEN s.kind = 'told-la' AND u.schools THEN 'main-school'
        WHEN s.kind = 'told-social-worker' AND u.social_care THEN 'social-care'
        WHEN s.kind = 'told-virtual-head' AND u.virtual_school THEN 'virtual-school'
        ELSE 'other' END AS told_to
    FROM suspension_event s
    CROSS JOIN (SELECT coalesce(kind, '') <> 'independent-ap' AS covered, coalesce(trim(told_schools), '') <> '' AS schools,
        coalesce(trim(told_social_care), '') <> '' AS social_care, coalesce(trim(told_virtual_school), '') <> '' AS virtual_school
      FROM settings ORDER BY version DESC LIMIT 1) u
    WHERE s.kind IN ('told-la', 'told-social-worker', 'told-virtual-head') AND s.done = 1
      AND NOT EXISTS (SELECT 1 FROM suspension_event l WHERE l.decision = s.decision AND l.kind = s.kind AND l.seq > s.seq)
  ) e ORDER BY e.seq;
-- The family may know: the law orders it whatever the case, and the letter says it of the authority and the social worker.
INSERT INTO disclosure_family (pupil_id, disclosure, may_know, reason, at, said_by)
  SELECT pupil_id, seq, 1, '', at, told_by FROM disclosure WHERE of_event <> '' ORDER BY seq;
