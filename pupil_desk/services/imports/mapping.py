"""Which column a heading means that we do not know: chosen by a person, and remembered for lists that have the very same headings.

Of the headings nothing is kept but their words: no pupil is in them. What is remembered is used, told, and can be forgotten.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import heading_key
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.changes import Changed
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.imports.cells.row_ids import OURS
from pupil_desk.services.imports.headings import KEPT_BESIDE, Mapped, heading_names
from pupil_desk.services.imports.kinds import ImportKind
from pupil_desk.services.imports.proposal import Proposal
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import heading_choices


class Mappings:
    """What each list's headings mean beside what is known: as chosen now, and as remembered."""

    def __init__(self, vault: Vault, chosen: Mapping[str, str] | None = None) -> None:
        """``chosen`` are headings, each with its column, «» for one that is left out; where it is given, nothing is remembered."""
        self._chosen = None if chosen is None else {heading_key(heading): column for heading, column in chosen.items()}
        self._remembered: dict[tuple[str, str], dict[str, str]] = {}
        for row in heading_choices.every(vault):
            self._remembered.setdefault((row["kind"], row["headings"]), {})[row["heading"]] = row["column"]

    def of(self, kind: ImportKind[Any], cells: Sequence[str]) -> Mapped:
        """The columns chosen for these headings, read as that kind, by the key of each heading."""
        if self._chosen is not None:
            names = {item.name for item in kind.columns}
            return {key: column for key, column in self._chosen.items() if column in ("", KEPT_BESIDE, *names)}
        return self._remembered.get((kind.name, headings_key(cells)), {})

    def is_remembered(self, kind: ImportKind[Any], cells: Sequence[str]) -> bool:
        """Whether anything is remembered of lists with these headings."""
        return self._chosen is None and (kind.name, headings_key(cells)) in self._remembered


def headings_key(cells: Sequence[str]) -> str:
    """The headings of a list in one text, by which its sender is known again: their order makes no difference."""
    return "\n".join(sorted(map(heading_key, heading_names(cells))))


def read_choices(texts: Sequence[str]) -> dict[str, str]:
    """What was typed as «Their heading=column», as headings and columns. Raises WrongUse."""
    choices = {}
    for text in texts:
        heading, equals, column = text.rpartition("=")
        if not equals or not heading.strip():
            raise WrongUse(_('“{text}” says no column for a heading. Write it like "Their heading=surname".').format(text=text))
        choices[heading.strip()] = column.strip()
    return choices


def check_choices(kinds: Sequence[ImportKind[Any]], cells: Sequence[str], chosen: Mapping[str, str]) -> None:
    """Raises WrongUse for a heading that the list has not, and for a column that none of these kinds has."""
    names, columns = heading_names(cells), list(dict.fromkeys(item.name for kind in kinds for item in kind.columns))
    known = set(map(heading_key, names))
    for heading, column in chosen.items():
        if heading_key(heading) not in known:
            words = _("The file has no heading “{heading}”. It has: {headings}.")
            raise WrongUse(words.format(heading=heading, headings=join_words([f"“{name}”" for name in names if name])))
        if column not in ("", KEPT_BESIDE, *columns):
            words = _("There is no column “{column}” in {kind}. There are: {columns}.")
            kind_words = join_words([kind.name for kind in kinds])
            raise WrongUse(words.format(column=column, kind=kind_words, columns=", ".join(name for name in columns if name not in OURS)))


def remember(work: Work, kind: ImportKind[Any], cells: Sequence[str], mapped: Mapped) -> None:
    """Within a transaction: keep what was chosen for lists with these headings, with its row in the log."""
    heading_choices.keep(work.desk.vault, kind.name, headings_key(cells), mapped, moment=work.stamp, actor=work.actor)
    work.note(Action.IMPORT, "heading_choice", "", f"{kind.name}: {len(mapped)} headings remembered")


def confirm(desk: Desk, proposal: Proposal) -> Proposal:
    """Remember what a person chose of the headings of a list that can be read with it: the list may be put right and read again. Raises NotAllowed."""
    if proposal.kind is None or not proposal.readable or not proposal.mapped or proposal.is_remembered:
        return proposal
    with desk.act(Action.IMPORT, "heading_choice", "", f"{proposal.kind.name}: headings chosen") as work:
        remember(work, proposal.kind, proposal.cells, proposal.mapped)
    return dataclasses.replace(proposal, is_remembered=True)


def forget(desk: Desk, kind: ImportKind[Any], cells: Sequence[str]) -> Changed:
    """Forget what was chosen for lists with these headings. Raises NotAllowed."""
    with desk.act(Action.IMPORT, "heading_choice", "", f"{kind.name}: headings forgotten"):
        heading_choices.forget(desk.vault, kind.name, headings_key(cells))
    return Changed.of()
