"""Consents: who decides, how long an answer holds, what each type asks."""
