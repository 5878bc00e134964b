"""Stays: the table ``enrolment``."""

from collections import defaultdict
from collections.abc import Iterable

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several


def of_pupil(vault: Vault, pupil_id: str) -> list[Enrolment]:
    """A pupil's stays, the earliest first."""
    return several.of_pupil(vault, Enrolment, pupil_id)


def by_pupil(vault: Vault, ids: Iterable[str] | None = None) -> defaultdict[str, list[Enrolment]]:
    """Every pupil's stays, the earliest first; with ``ids`` these pupils'."""
    return several.by_pupil(vault, Enrolment, ids)
