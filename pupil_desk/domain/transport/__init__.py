"""How pupils come and go: the routes with who drives and escorts, and of each pupil the journey: days, where and when, and who may receive the pupil."""
