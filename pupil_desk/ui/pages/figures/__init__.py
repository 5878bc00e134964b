"""Figures: the unit's own picture, as charts and tables."""

from pupil_desk.ui.pages.figures.page import FiguresPage

__all__ = ["FiguresPage"]
