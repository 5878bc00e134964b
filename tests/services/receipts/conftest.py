"""A unit of its own for each test, and an empty stick: those of the exports."""

from tests.services.exports.conftest import filled, stick, unit

__all__ = ["filled", "stick", "unit"]
