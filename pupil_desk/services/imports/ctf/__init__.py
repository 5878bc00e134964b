"""The Common Transfer File: what a school or an authority tells of pupils who move."""

from pupil_desk.services.imports.ctf.kind import CTF

__all__ = ["CTF"]
