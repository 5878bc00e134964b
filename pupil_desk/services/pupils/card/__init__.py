"""A pupil at a glance: what a record says first, each fact with the field in which it is changed."""
