"""How services that must not know the window ask for pictures of its pages."""

from collections.abc import Callable
from pathlib import Path

from pupil_desk.services.desk import Desk

type DrawPages = Callable[[Desk, Path], list[Path]]
"""Draws each page of the window off screen into a folder, and returns the pictures; the composition root hands it in."""
