"""The files of the whole unit: a CSV for each table, the papers beside, the codes in words, and the description of it all.

What restricted notes and safeguarding files say is in files apart (``NewFile.apart``) with a lock of their own: who takes the records over need not read them.
"""

import zlib
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.delta import patched
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import Cell, exact_csv
from pupil_desk.documents.files.data_package import NAME, Field, ForeignKey, Resource, package_bytes
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.services.exports.contents import Tally
from pupil_desk.services.exports.export import NewFile, Writing
from pupil_desk.services.exports.whole.tables import WholeTable, readable, texts, whole_tables
from pupil_desk.services.notes import notes
from pupil_desk.services.safeguarding import files as safeguarding
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import notice_editions, safeguarding_papers, whole

APART = "restricted"
MOST = 600_000_000  # bytes: the files are held whole while they are locked
_CODES = "code"


def whole_files(writing: Writing) -> list[NewFile]:
    """The files of a selection, in a folder of the export's own. Raises WrongUse for papers that are too much at once."""
    vault, folder = writing.desk.vault, writing.stem
    may_read = readable(writing.desk)
    _log_apart(writing, may_read)
    codes, files, size = Tally(_CODES, ()), [], 0
    resources, tallies = [_codes(codes)], [codes]
    tables = whole_tables(vault)
    for table in tables:
        rows, tally = list(_rows(writing, table, may_read)), Tally(table.name, table.sheet.columns)
        resources.append(_resource(table, tally.of(rows), {other.name for other in tables}))
        tallies.append(tally)
        for name, data in _papers(vault, table, rows):
            files.append(NewFile(f"{folder}/{name}", data, apart=APART if table.name in may_read else ""))
            size += len(data)
            if size > MOST:
                raise WrongUse(_("The papers are too much to be made at once. Make the export for some pupils, and then for the others."))
    tabled = [
        NewFile(f"{folder}/{resource.path}", resource.data, apart=APART if resource.name in may_read else "", tables=(tally.written,))
        for resource, tally in zip(resources, tallies, strict=True)
    ]
    description = package_bytes(writing.export.name, writing.export.title, _described(writing), writing.moment, resources)
    return [NewFile(f"{folder}/{NAME}", description), *tabled, *files]


def _log_apart(writing: Writing, may_read: Collection[str]) -> None:
    """Log that restricted notes and safeguarding files go, of each pupil who goes: it is as if they were read."""
    desk = writing.desk
    if "safeguarding_entry" in may_read:
        safeguarding.log_taken(desk, [exported.pupil.id for exported in writing.selection.exported])
    if "restricted_note" not in may_read:
        return
    numbers = {exported.pupil.id: notes.count_restricted(desk, exported.pupil.id) for exported in writing.selection.exported}
    notes.log_reading(desk, {pupil_id: number for pupil_id, number in numbers.items() if number})


def _rows(writing: Writing, table: WholeTable, may_read: Collection[str]) -> Iterator[tuple[Cell, ...]]:
    """The rows of nobody, then those of each pupil who goes."""
    vault = writing.desk.vault
    if table.is_withheld(may_read):
        return
    of_pupils = (
        whole.rows_of_pupil(vault, table.shape, exported.pupil.id)
        for exported in (writing.selection.exported if table.shape.of_pupils else ())
    )
    for row in chain(whole.rows_of_nobody(vault, table.shape), chain.from_iterable(of_pupils)):
        yield table.cells_of(row, readable=may_read)


def _resource(table: WholeTable, rows: Iterable[tuple[Cell, ...]], names: set[str]) -> Resource:
    title, description = table.title_and_description
    return Resource(
        name=table.name,
        path=f"{table.name}.csv",
        data=exact_csv([column.heading for column in table.sheet.columns], rows),
        title=title,
        description=description,
        fields=tuple(table.fields()),
        key=table.shape.key,
        foreign_keys=[
            ForeignKey(reference.columns, reference.table, reference.there)
            for reference in table.shape.references
            if reference.table in names
        ],
    )


def _papers(vault: Vault, table: WholeTable, rows: Iterable[tuple[Cell, ...]]) -> Iterator[tuple[str, bytes]]:
    """The files that stand in rows, each with its path."""
    for row in rows:
        for column, path in table.paths(row):
            yield path, _opened(vault, table.name, row, table, column)


def _opened(vault: Vault, name: str, row: tuple[Cell, ...], table: WholeTable, column: str) -> bytes:
    """A file as a person opens it: what is kept packed, or as a difference, is made whole."""
    data = whole.file_in(vault, table.shape, column, table.key_of(row))
    if name in ("notice_specimen", "notice_edition_body"):
        return zlib.decompress(data)
    if name == "safeguarding_paper":
        owner = dict(zip((column.name for column in table.shape.columns), row, strict=True))["pupil_id"]
        return safeguarding_papers.bytes_by_id(vault, str(owner), str(table.key_of(row)[0]))
    if name == "notice_copy":
        specimen = dict(zip((column.name for column in table.shape.columns), row, strict=True))["specimen"]
        return patched(notice_editions.specimen(vault, str(specimen)) or b"", data)
    return data


def _codes(tally: Tally) -> Resource:
    """The codes that stand in the tables, in words: of each list that the catalogue names."""
    lists = sorted({item.codes for item in every_item().values() if item.codes is not None})
    rows = [(name, code.code, code.label, code.since, code.until) for name in lists for code in codelist(name).codes.values()]
    words = (
        (_("code list"), _("the list, by name"), "string"),
        (_("code"), _("the code as it stands in the tables"), "string"),
        (_("label"), _("what it means"), "string"),
        (_("since"), _("the first day on which it may be recorded; empty for always"), "date"),
        (_("until"), _("the last day on which it may be recorded; empty for one in use"), "date"),
    )
    names = ("list", "code", "label", "since", "until")
    fields = [
        Field(name, kind, title, description, name in names[:3]) for name, (title, description, kind) in zip(names, words, strict=True)
    ]
    return Resource(
        name=_CODES,
        path=f"{_CODES}.csv",
        data=exact_csv(names, tally.of(rows)),
        title=_("Codes"),
        description=_("What the codes of the tables mean, the retired ones too."),
        fields=fields,
        key=names[:2],
        foreign_keys=(),
    )


def _described(writing: Writing) -> str:
    """What the package is, who may hold it, and what is not in it."""
    settings = writing.desk.settings
    left_out = "; ".join(f"{name}: {reason}" for name, reason in texts().left_out.items())
    return "\n".join(
        (
            _(
                "What {unit} ({number}) keeps of the pupils in pupil.csv, made with Pupil Desk for whoever keeps it from now on. "
                "They may not be all its pupils: the receipt says how many are left out."
            ).format(unit=settings.name, number=settings.dfe_number),
            _("Confidential: personal data about children. {law}.").format(law=writing.export.law),
            _("UTF-8, commas, a heading row. Moments are in UTC, days as 2026-11-28, yes and no as 1 and 0."),
            _("An empty cell is no value, or in a text column that always has a value an empty text. Papers lie in the folder papers."),
            _("A row names a pupil by pupil_id; of two records of one person same_as says which one is kept."),
            _(
                "Pupils who were entered by mistake and taken away are here too, since their record is kept: in pupil.csv taken_away is 1, and pupil_mistaken.csv says when and why. Do not count them as pupils."
            ),
            _("Restricted notes: {words}.").format(words=begun_small(restricted_words(writing))).replace("..", "."),
            _("Safeguarding files: {words}.").format(words=_safeguarding_words(writing)),
            _("Not here: {tables}.").format(tables=left_out),
        )
    )


def restricted_words(writing: Writing) -> str:
    """What became of restricted notes, in a sentence."""
    if "restricted_note" in readable(writing.desk):
        return _("restricted_note.csv is in a file of its own, with a lock of its own")
    return _("what they say is left out, since who made this is not named to read them")


def _safeguarding_words(writing: Writing) -> str:
    if "safeguarding_entry" in readable(writing.desk):
        return _("safeguarding_entry.csv is in that file too, with the same lock")
    return _("left out, and of whom there is one; they go from safeguarding lead to safeguarding lead")
