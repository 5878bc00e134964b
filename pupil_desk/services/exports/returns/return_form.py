"""Returns to the authority as forms: a page a pupil, filled from the very cells of the export, to be signed by the head."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.documents.papers.authority_return import ReturnForm, story
from pupil_desk.domain.catalogue.catalogue import item_at
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.pupils.pupil import ADDRESS
from pupil_desk.services.exports.contents import shown
from pupil_desk.services.exports.export import (
    Ask,
    ExportColumn,
    ExportedPupil,
    Format,
    Layout,
    LeftOut,
    NewFile,
    Problem,
    Selection,
    Writing,
)
from pupil_desk.services.exports.protected import add_unless_protected, held_back
from pupil_desk.services.guard import guard

_BASE = 9  # points of body text, so that a form with three parents and long addresses is a page
PLACE = "address"
"""In a part: the lines of the address, as one fact."""
_LABELS = {"address_since": _("Since")}


@dataclass(frozen=True, slots=True)
class FormParts:
    """What a form shows: its parts, each a title with headings of the export's columns (or ``PLACE``), then the people of the pupil.

    ``word`` begins the headings of the columns of people. ``required`` are headings without which a form is not signed.
    """

    title: str
    parts: Sequence[tuple[str, Sequence[str]]]
    people: str
    word: str
    required: Sequence[str] = ()


def form_layout(parts: FormParts) -> Layout:
    """The forms of all pupils told, in one file; nobody told gives none."""

    def layout(writing: Writing) -> list[NewFile]:
        from pupil_desk.documents.pdf.page import Document, build_print_file

        if not writing.selection.exported:
            return []
        exported_pupils, footer = writing.selection.exported, _footer(writing)
        guarded = guard(writing.desk, {exported.pupil.id for exported in exported_pupils}, writing.export.name)
        documents = (
            Document(
                story(_form(writing, parts, exported)), _title(parts, exported), footer=footer, stamp=guarded.stamp_for(exported.pupil.id)
            )
            for exported in exported_pupils
        )
        data = build_print_file(documents, title=writing.export.title, base_size=_BASE, two_sided=False)
        return [NewFile(f"{writing.stem}.pdf", data, tables=(shown(writing.selection),))]

    return layout


def put_on_form(selection: Selection, exported: ExportedPupil, ask: Ask) -> None:
    """Put a pupil into the file, as ``add_unless_protected`` does. One whom the form cannot show, since no font has some letter, is left out of it and told by the data file."""
    from pupil_desk.documents.typography.fonts import signs_missing

    if ask.format is Format.PDF and held_back(exported.pupil, exported.protections, ask.confirm) is None:
        for column, cell in zip(selection.sheets[0].columns, exported.rows[0].cells, strict=True):
            if signs := signs_missing([cell] if isinstance(cell, str) else []):
                words = _(
                    "No font here has these characters: {signs}. The form cannot be printed: send the data file of this pupil."
                ).format(signs=signs)
                selection.problems.append(Problem(exported.pupil, column.item, words, stops=True))
                selection.left_out.append(LeftOut(exported.pupil, words, _("letters that no font here has: told by the data file")))
                return
    add_unless_protected(selection, exported, ask)


def _title(parts: FormParts, exported: ExportedPupil) -> str:
    return _("{title}: {name}").format(title=parts.title, name=f"{exported.pupil.surname}, {exported.pupil.forename}")


def _footer(writing: Writing) -> str:
    return _("Made on {day} by {user}.").format(day=show_date(writing.moment.astimezone().date()), user=writing.desk.user.name)


def _form(writing: Writing, parts: FormParts, exported: ExportedPupil) -> ReturnForm:
    settings = writing.desk.settings
    columns = writing.selection.sheets[0].columns
    cells = dict(zip([column.heading for column in columns], exported.rows[0].cells, strict=True))
    by_heading = {column.heading: column for column in columns}
    part_facts = [(title, [_fact(heading, by_heading, cells) for heading in headings]) for title, headings in parts.parts]
    return ReturnForm(
        title=parts.title,
        unit=f"{settings.name} ({settings.dfe_number})",
        recipient=settings.authority or writing.export.recipient,
        law=writing.export.law,
        parts=[*part_facts, (parts.people, _people(parts.word, cells))],
        head=settings.head or "",
        lacking=[item_at(by_heading[heading].item).label for heading in parts.required if cells[heading] in (None, "")],
    )


def _fact(heading: str, columns: Mapping[str, ExportColumn], cells: Mapping[str, Cell]) -> tuple[str, str]:
    if heading == PLACE:
        return _("Address"), _address_line(cells, "")
    item = item_at(columns[heading].item)
    return _LABELS.get(heading, item.label), show(item, cells[heading])


def _address_line(cells: Mapping[str, Cell], before: str) -> str:
    return ", ".join(str(cells[before + name]) for name in ADDRESS if cells.get(before + name))


def _people(word: str, cells: Mapping[str, Cell]) -> list[tuple[str, str]]:
    """Each person as a fact: the name, and where they live with their numbers."""
    facts = []
    number = 1
    while f"{word}_{number}_surname" in cells:
        before = f"{word}_{number}_"
        name = " ".join(str(cells[before + part]) for part in ("title", "forename", "surname") if cells[before + part])
        if name:
            facts.append((name, "; ".join(_contact_facts(cells, before))))
        number += 1
    return facts


def _contact_facts(cells: Mapping[str, Cell], before: str) -> list[str]:
    numbers = ", ".join(str(cells[before + kind]) for kind in ("phone", "mobile") if cells[before + kind])
    with_them = [_("the pupil lives with them")] if cells.get(before + "lives_with") else []
    where = _address_line(cells, before) or _("address not known")
    return [*with_them, where, _("telephone {numbers}").format(numbers=numbers) if numbers else _("no telephone number known")]
