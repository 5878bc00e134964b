"""Whether a text names somebody: what outlives every erasure must not, and says our reference instead."""

import re
from collections.abc import Collection, Mapping

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.services.desk import Desk
from pupil_desk.store.tables import contacts, pupils


def problems(desk: Desk, texts: Mapping[str, str]) -> list[Problem]:
    """Of texts by column, those that name a pupil on file: forename and surname, in either order, whatever the case and accents."""
    words_by_column = {column: _as_words(text) for column, text in texts.items() if text}
    naming_problems = []
    for pupil in pupils.all_pupils(desk.vault) if words_by_column else ():
        names = {(pupil.forename, pupil.surname), (pupil.preferred_forename or pupil.forename, pupil.preferred_surname or pupil.surname)}
        for column in _naming(words_by_column, names):
            message = _("This names a pupil. Write our reference instead: {ref}. What stands here stays when a pupil’s data are erased.")
            naming_problems.append(Problem(column, "names_someone", message.format(ref=pupil.ref)))
    return naming_problems


def names_family(desk: Desk, pupil_id: str, text: str) -> bool:
    """Whether a text has any name of one pupil, or of a contact of theirs: one word of it is enough, initials are not."""
    people = [pupils.get(desk.vault, pupil_id), *contacts.of_pupil(desk.vault, pupil_id)]
    names = " ".join(name for person in people if person is not None for name in (person.surname, person.forename) if name)
    return not {word for word in _words(names) if len(word) > 1}.isdisjoint(_words(text))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _naming(words_by_column: Mapping[str, str], names: Collection[tuple[str, str]]) -> list[str]:
    full = {_as_words(f"{former} {latter}") for first, last in names for former, latter in ((first, last), (last, first))}
    return [column for column, words in words_by_column.items() if any(name in words for name in full)]


def _as_words(text: str) -> str:
    """Folded words with single blanks around each, so that only whole words are found."""
    return f" {' '.join(_words(text))} "
