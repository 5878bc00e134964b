"""The house's own widgets. They know records and the catalogue, and no page."""
