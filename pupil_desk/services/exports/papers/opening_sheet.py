"""The opening sheet of an export made under lock: how its receiver opens it, on one page."""

from dataclasses import replace

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers.opening_sheet import Opening, story
from pupil_desk.documents.pdf.page import Document, build_pdf, build_print_file
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Format
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import ledger

_INSIDE = {
    Format.CSV: _("a table as CSV, for Excel or any other spreadsheet"),
    Format.XLSX: _("an Excel workbook"),
    Format.XML: _("an XML file, for your system to take in"),
    Format.PDF: _("a PDF paper"),
}


def opening_sheet(desk: Desk, export_id: str) -> bytes:
    """The sheet as a PDF, one for each file. Raises NotAllowed; WrongUse if there is no such export, or if it needs no sheet, being plain or without a file."""
    title = _("How to open this file")
    stories = opening_stories(desk, export_id)
    return (
        build_pdf(stories[0], title=title)
        if len(stories) == 1
        else build_print_file([Document(blocks, title) for blocks in stories], title=title)
    )


def opening_stories(desk: Desk, export_id: str) -> list[list[Block]]:
    """The sheet of each file as blocks: who receives one need not know that there are others. See ``opening_sheet``."""
    desk.require(Action.LIST_EXPORTS, "export", export_id)
    row = required(ledger.export_made(desk.vault, export_id), _("There is no such export in this unit’s file. Choose one from the list."))
    if not row["lock"]:
        raise WrongUse(_("Nothing of this export is locked, so it opens without a password. There is no sheet for it."))
    settings = desk.settings
    unit = f"{settings.name} ({settings.dfe_number})"
    opening = Opening(
        unit=unit,
        recipient=row["recipient"],
        title=row["title"] or row["name"],
        made_on=show_date(local_time(row["at"]).date()),
        files=(),
        lock=row["lock"],
        contents=_INSIDE[Format(row["format"])],
        ring=", ".join(filter(None, (settings.copy_role or _("the data officer"), settings.name, settings.phone))),
    )
    return [story(replace(opening, files=(name,))) for name in ledger.export_files(desk.vault, export_id)]
