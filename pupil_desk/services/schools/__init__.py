"""Main and commissioning schools: with whom one speaks, the places agreed, the week that each is told, and the marks that it sends back."""
