"""Leave of absence in term time: what a family asks for, and what was decided."""
