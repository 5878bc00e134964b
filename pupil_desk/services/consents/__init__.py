"""Consents: the types there are, how each stands for whom, what is recorded, trips and other occasions, and the papers."""
