-- What the kitchen goes by: of an allergy which allergen it is, of a dietary need which diet.
ALTER TABLE health_item ADD COLUMN allergen TEXT;
ALTER TABLE health_item ADD COLUMN diet TEXT;
