"""Who is on roll, by name, for the authority's transport team."""

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis
from pupil_desk.domain.pupils.enrolment import on_roll
from pupil_desk.domain.sharing.recipients import AUTHORITY
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Ask, Export, ExportedPupil, ExportRow, Selection, single
from pupil_desk.services.exports.layouts import TABLE, columns_of, items_told
from pupil_desk.services.exports.protected import add_unless_protected
from pupil_desk.store.tables import enrolments, protections, pupils

_ITEMS = ("pupil.surname", "pupil.forename", "pupil.postcode")


def _select(desk: Desk, ask: Ask) -> Selection:
    columns = columns_of(_ITEMS)
    selection = Selection(single(columns))
    stays, protected = enrolments.by_pupil(desk.vault), protections.by_pupil(desk.vault, ask.day, desk.today)
    for pupil in pupils.all_pupils(desk.vault):
        if on_roll(stays[pupil.id], ask.day):
            cells = (pupil.surname, pupil.forename, pupil.postcode)
            exported = ExportedPupil(
                pupil,
                level="full",
                decided_by="rule",
                reason=_("On roll that day."),
                items=items_told(columns, cells),
                rows=(ExportRow(cells),),
                protections=tuple(protected.get(pupil.id, ())),
            )
            add_unless_protected(selection, exported, ask)
    return selection


TAXI_LIST = Export(
    name="taxi-list",
    title=_("Names for transport"),
    recipient_key=AUTHORITY,
    law=_("Education Act 1996, section 508B"),
    basis=Basis.LEGAL_OBLIGATION,
    purpose=_("To plan who is brought here."),
    items=_ITEMS,
    covers=_("Pupils on roll on the day."),
    select=_select,
    layouts=TABLE,
)
