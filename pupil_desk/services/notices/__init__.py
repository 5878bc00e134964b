"""The privacy notice: its words, editions, papers, and who was given which."""
