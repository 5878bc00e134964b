"""The papers: of each, what stands on it and in what order, as a story of blocks."""
