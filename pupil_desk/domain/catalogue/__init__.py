"""The catalogue: each record's attributes are the items that the unit holds, with what the notice says of them."""
