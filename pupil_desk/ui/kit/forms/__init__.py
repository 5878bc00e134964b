"""Forms from the catalogue: fields, editors, and the words on what is wrong."""
