"""What stands before the records: the cover letter, and what Article 15(1) of the UK GDPR asks us to say with a copy."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.rulefiles import rule_text
from pupil_desk.basics.text import begun_small, capital
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import access_pack
from pupil_desk.documents.prose import Filling, blocks_of
from pupil_desk.domain.catalogue.catalogue import every_item, item_at, label_of, record_word
from pupil_desk.domain.governance.retention import Happened, RetentionEvent, Schedule
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.requests.pack import PackBegun
from pupil_desk.domain.requests.withholding import WITHHELD
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import due_for_erasure
from pupil_desk.services.erasure.due_for_erasure import HeldItem
from pupil_desk.services.exports import promised_exports
from pupil_desk.services.notices import notice_text
from pupil_desk.services.sheet.sections import TABLES
from pupil_desk.services.unit import uses


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What goes with the paper: whether it tells of disclosures, whether papers kept are given as files and have boxes on them, and files that somebody else locked."""

    disclosures: bool = True
    papers: bool = True
    boxes: bool = False
    restricted: bool = False


def letter_story(desk: Desk, pack: PackBegun, pupil: Pupil, enclosed: Enclosed) -> list[Block]:
    """The cover letter."""
    filling = _filling(desk, pupil) | {
        "asker": pack.asker,
        "day": show_date(desk.today),
        "what_this_is": _what_this_is(pack).format(pupil=pupil.legal_name),
        "also_told": _("; also whom we have told what, and when") if enclosed.disclosures else "",
        "more_files": _more_files(desk, enclosed),
        "withheld_words": _(
            "Where you see {sign}, something is left out, mostly because it tells of somebody else. The law lets us do that. The list says where a whole part is withheld, and why."
        ).format(sign=WITHHELD),
    }
    return blocks_of(_prose("copy_letter"), filling)


def _what_this_is(pack: PackBegun) -> str:
    """The first words of the letter: of a copy that answers no request nobody is said to have asked."""
    if pack.case_id is None:
        return _("Here is a copy of the information that we hold about {pupil}.")
    return _("You asked us for a copy of the information that we hold about {pupil}. Here it is.")


def information_story(desk: Desk, pupil: Pupil, counts: Mapping[str, int] | None = None) -> list[Block]:
    """What Article 15(1) asks for: of the kinds of information that are held. Without ``counts`` of the sections, of all that could be."""
    told_others = (
        _("What we have in fact told others stands further on, under “What was told to others”, each time with the day.")
        if counts is None or counts.get("disclosures")
        else _("We have told others nothing that stands in this copy.")
    )
    filling = _filling(desk, pupil) | {"told_others": told_others, "fresh_words": _("You can ask for a fresh copy at any time.")}
    return [
        *blocks_of(_prose("copy_information"), filling),
        *_kinds(desk, pupil, counts),
        *blocks_of(_prose("copy_information_more"), filling),
    ]


def _prose(name: str) -> str:
    return rule_text("words", "en", f"{name}.md")


def _filling(desk: Desk, pupil: Pupil) -> dict[str, Filling]:
    filling = notice_text.filling_of(desk.settings, desk.today, desk.schedule, uses.unnamed(desk))
    return {**filling, "pupil": pupil.legal_name}


def _more_files(desk: Desk, enclosed: Enclosed) -> str:
    """Which further files go with the paper."""
    more_files = (
        _("A second file has the same as data for a computer, and the papers that we keep as files, where we give them.")
        if enclosed.papers
        else _("A second file has the same as data for a computer.")
    )
    if enclosed.boxes:
        more_files += " " + _(
            "Black boxes on the pages of such a paper cover what is left out. A paper with boxes is given as pictures of its pages: its words cannot be searched."
        )
    if enclosed.restricted:
        more_files += " " + _(
            "A third and a fourth file hold notes that only a few of our staff may read. One of them locked these, and tells you their password."
        )
    if desk.settings.keeps_safeguarding:  # said to everybody: whether there is a file can put a child at risk
        more_files += " " + _(
            "What our safeguarding lead may keep about a pupil is apart from this. The lead decides what of it can be given, and tells you."
        )
    return more_files


def _kinds(desk: Desk, pupil: Pupil, counts: Mapping[str, int] | None) -> list[Block]:
    """A block for each category that is held: what for, on what basis, how long, and who may be told."""
    paths = set(_held_paths(pupil, counts))
    held_labels, times = {label_of(path) for path in paths}, _KeptTimes.read(desk, pupil)
    rows: dict[str, tuple[list[str], list[str], list[str]]] = {}
    annex = notice_text.annex_of(desk.settings, desk.today, promised_exports(desk), desk.schedule, unnamed=uses.unnamed(desk))
    for row in annex.items:
        if held_labels.isdisjoint(row.labels):
            continue
        cells = rows.setdefault(row.category, ([], [], []))
        recipients = [recipient.name for recipient in annex.recipients if not set(row.labels).isdisjoint(recipient.full)]
        for cell, additions in zip(cells, ([row.purpose], [row.basis], recipients), strict=True):
            cell += [words for words in additions if words not in cell]
    return access_pack.information(
        [
            access_pack.KindHeld(
                capital(category),
                _several(purposes),
                _several(basis),
                times.words(category, paths),
                "; ".join(dict.fromkeys(names)) or _("Nobody outside the unit"),
            )
            for category, (purposes, basis, names) in rows.items()
        ]
    )


def _several(words: Iterable[str]) -> str:
    first, *tail = words
    return "; ".join((capital(first), *(begun_small(word) for word in tail)))


@dataclass(frozen=True, slots=True)
class _KeptTimes:
    """How long what is held of one pupil is kept: for each class the time that applies, of each consent and request by itself."""

    schedule: Schedule
    dob: date
    held: Mapping[str, Sequence[HeldItem]]

    @classmethod
    def read(cls, desk: Desk, pupil: Pupil) -> "_KeptTimes":
        items_by_class = grouped((held_item.retention_class.name, held_item) for held_item in due_for_erasure.held_items(desk, [pupil.id]))
        return cls(desk.schedule, pupil.dob, items_by_class)

    def words(self, category: str, paths: Collection[str]) -> str:
        """How long what is held of a category is kept, a line a time: of several each names what it is of, and the most frequent is all else."""
        paths_by_period: dict[str, list[str]] = {}
        for path, item in every_item().items():
            if path in paths and item.facts.category.value == category:
                paths_by_period.setdefault(self._applies(item.facts.retention), []).append(path)
        *fewer, commonest = sorted(paths_by_period, key=lambda until: len(paths_by_period[until]))
        lines = [_("{what}: {until}").format(what=_item_words(paths_by_period[until]), until=begun_small(until)) for until in fewer]
        return "\n".join([*lines, _("All else: {until}").format(until=begun_small(commonest)) if fewer else commonest])

    def _applies(self, name: str) -> str:
        alike = grouped((held_item.retention_class.applies(held_item.happened), held_item.subject) for held_item in self.held.get(name, ()))
        if not alike:
            return capital(self.schedule[name].applies(Happened({RetentionEvent.BIRTH: self.dob})))
        phrases = (
            [*alike]
            if len(alike) == 1
            else [_("{about}: {until}").format(about=", ".join(subjects), until=words) for words, subjects in alike.items()]
        )
        words = "; ".join(phrases)
        return capital(words)


_FEW = 4


def _item_words(paths: Sequence[str]) -> str:
    """A few items by their names, more by the records that they are of."""
    by_record = grouped((record_word(path.partition(".")[0]), item_at(path).label) for path in paths)
    words = [_of_record(record, labels, is_named=len(paths) <= _FEW) for record, labels in by_record.items()]
    return words[0] + "".join(f", {begun_small(record_words)}" for record_words in words[1:])


def _of_record(record: str, labels: Sequence[str], *, is_named: bool) -> str:
    if not is_named:
        return record
    items = ", ".join((labels[0], *map(begun_small, labels[1:])))
    return items if record == record_word("pupil") else _("{record} ({items})").format(record=record, items=begun_small(items))


def _held_paths(pupil: Pupil, counts: Mapping[str, int] | None) -> Iterable[str]:
    """The items of which something is held: of the pupil each by its value, of other records by their number."""
    section_of = {table: section for section, tables in TABLES.items() for table in tables}
    for path in every_item():
        record, _dot, name = path.partition(".")
        if counts is None or (getattr(pupil, name) is not None if record == "pupil" else counts.get(section_of.get(record, ""), 0)):
            yield path
