"""For the youth support service: those aged 13 to 19, with name, address and date of birth, or with more.

Sources: Education and Skills Act 2008, section 72; what goes at which level is ``domain.sharing.sharing.youth_support_service``. The CSV is what
the command line's contract fixes. The workbook has two sheets more, of those at full alone: what makes up the client record of the
authority beside it, destinations by activity code, and the September Guarantee.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.learning.next_steps import ACTUAL, INTENDED, OFFER, SIX_MONTHS, Destination, has_suitable_offer, offer_due_by
from pupil_desk.domain.sharing.sharing import Level, Rules, items_at, youth_support_service
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Ask, Export, ExportColumn, ExportRow, ExportSheet, Format, Selection
from pupil_desk.services.exports.judged import (
    Allowing,
    PupilRecords,
    heading_of,
    held_of,
    left_by_rule,
    left_protected,
    parent_told,
    stay_on,
)
from pupil_desk.services.exports.layouts import TABLE
from pupil_desk.services.sharing import sharing
from pupil_desk.services.sharing.sharing import PreviewRow
from pupil_desk.store.rows import several
from pupil_desk.store.tables import contacts

NAME = "youth-support"
_WHO = (
    ExportColumn("surname", "pupil.surname"),
    ExportColumn("forename", "pupil.forename"),
    ExportColumn("dob", "pupil.dob"),
    ExportColumn("upn", "pupil.upn"),
)
# the headings are those that the import of destinations reads
DESTINATIONS = ExportSheet(
    _("Destinations"),
    (
        *_WHO,
        ExportColumn("kind", "destination.kind"),
        ExportColumn("activity", "destination.activity"),
        ExportColumn("activity_means", "destination.activity"),
        ExportColumn("provider", "destination.provider"),
        ExportColumn("start", "destination.start"),
        ExportColumn("confirmed_on", "destination.confirmed_on"),
        ExportColumn("source", "destination.source"),
    ),
)
GUARANTEE = ExportSheet(
    _("September Guarantee"),
    (
        *_WHO,
        ExportColumn("year_group", "pupil.year_group"),
        ExportColumn("offer_due_by", "pupil.year_group"),
        ExportColumn("suitable_offer", "destination.activity"),
    ),
)
_KINDS = (INTENDED, OFFER, ACTUAL, SIX_MONTHS)


def columns(rules: Rules) -> tuple[ExportColumn, ...]:
    """The columns of the file, a row for each pupil."""
    items = items_at(youth_support_service(), Level.FULL, rules)
    return tuple(ExportColumn(heading_of(item), item) for item in items if not item.startswith("destination."))


def _select(desk: Desk, ask: Ask) -> Selection:
    in_workbook = ask.format is Format.XLSX
    pupils = ExportSheet(_("Pupils") if in_workbook else "", columns(desk.settings.rules))
    selection = Selection((pupils, DESTINATIONS, GUARANTEE) if in_workbook else (pupils,))
    allowing = Allowing(selection.sheets)
    of_parent = any(column.item.startswith("contact.") for column in pupils.columns)  # families are not even read otherwise
    families = contacts.by_pupil(desk.vault) if of_parent else {}
    destinations_by_pupil = several.by_pupil(desk.vault, Destination) if in_workbook else {}
    for row in sharing.preview(desk, NAME, ask.day):
        left = left_by_rule(row) or left_protected(row, ask.confirm)
        if left is not None:
            selection.left_out.append(left)
            continue
        parent = parent_told(families.get(row.pupil.id, ()), row.protections) if of_parent else None
        records = held_of(row.pupil, stay_on(row.stays, ask.day), parent)
        rows = [allowing.row(row, records)]
        if in_workbook and row.decision.level is Level.FULL:
            rows += _record(allowing, row, records, destinations_by_pupil.get(row.pupil.id, ()), ask.day)
        selection.exported.append(allowing.exported_pupil(row, tuple(rows)))
    return selection


def _record(
    allowing: Allowing, row: PreviewRow, records: PupilRecords, destinations: Sequence[Destination], day: date
) -> Iterator[ExportRow]:
    """The rows of the two further sheets."""
    counts_by_kind: dict[str, int] = {}
    for destination in sorted(destinations, key=lambda entry: _KINDS.index(entry.kind)):
        counts_by_kind[destination.kind] = counts_by_kind.get(destination.kind, 0) + 1
        key = destination.kind if counts_by_kind[destination.kind] == 1 else f"{destination.kind} {counts_by_kind[destination.kind]}"
        means: dict[str, Cell] = {"activity_means": codelist("activity").label_of(destination.activity)}
        yield allowing.row(row, replace(records, destination=destination), means, number=1, key=key)
    due_by = offer_due_by(row.pupil.year_group, day)
    if due_by is not None:
        offer_values: dict[str, Cell] = {"offer_due_by": due_by, "suitable_offer": has_suitable_offer(destinations, due_by)}
        yield allowing.row(row, records, offer_values, number=2)


YOUTH_SUPPORT = Export(
    name=NAME,
    title=_("Pupils for the youth support service"),
    recipient_key=NAME,
    law=lambda: youth_support_service().law,
    basis=lambda: youth_support_service().basis,
    purpose=_("To support young people from 13 to 19 into education, training and work."),
    items=lambda: youth_support_service().full + youth_support_service().parent_items,
    covers=_("Pupils on roll on the day who are 13 or older."),
    select=_select,
    layouts=TABLE,
)
