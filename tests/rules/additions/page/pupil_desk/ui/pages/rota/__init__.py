"""The lunch rota."""

from pupil_desk.ui.pages.rota.page import RotaPage

__all__ = ["RotaPage"]
