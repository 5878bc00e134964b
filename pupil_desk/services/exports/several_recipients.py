"""Exports with several recipients, a file for each: how one of them is asked for by name, and the password that each may have for good."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from pupil_desk.services.desk import Desk, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientChoice:
    """Several who each have a file of their own, of whom one may be asked for by name.

    ``names`` are those of a day. In words: ``label`` what is chosen, ``all_of_them`` that each is, ``none`` that there is nobody, ``unknown`` that nobody
    has the name asked for, before the names that there are. ``contacts`` are, by the names, those of whom it is entered whom to ask there.
    """

    names: Callable[[Desk, date], list[str]]
    label: str
    all_of_them: str
    none: str
    unknown: str
    contacts: Callable[[Desk], Mapping[str, str]] = lambda _desk: {}


@dataclass(frozen=True, slots=True)
class AgreedPasswords:
    """Where each receiver has one password for all the files that it is sent: how those agreed are read, and new ones kept, by the part of the file."""

    read: Callable[[Desk], Mapping[str, str]]
    keep: Callable[[Work, Mapping[str, str]], None]
