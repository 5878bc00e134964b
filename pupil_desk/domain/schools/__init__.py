"""Main and commissioning schools: who they are, the places that they agreed with the unit, the marks that they keep, and what each is told."""
