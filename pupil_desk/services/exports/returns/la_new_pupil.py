"""The return of a new pupil to the local authority: everything that the admission register shows, by the end of the fifth day after entry.

Source: SI 2024/208, regulations 8 and 13; domain reference 6.2.
"""

from collections.abc import Iterator

from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.pupil import ADDRESS
from pupil_desk.domain.register.authority_returns import ENTRY, entry_is_due
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Ask, ExportColumn, ExportedPupil, Format, Option, Problem, Selection, single
from pupil_desk.services.exports.layouts import PUPIL_ADDRESS, TABLE, cells_of_people, columns_of, of_people
from pupil_desk.services.exports.returns.register_returns import (
    RegisterReturn,
    addresses_withheld,
    authority_return,
    not_due,
    stays_due,
    told_of,
)
from pupil_desk.services.exports.returns.return_form import PLACE, FormParts, form_layout, put_on_form

_NAMES = ("pupil.upn", "pupil.surname", "pupil.forename", "pupil.middle_names", "pupil.preferred_surname", "pupil.preferred_forename")
_STAY = (
    "enrolment.start_date",
    "enrolment.status",
    "enrolment.main_school",
    "enrolment.last_school",
    "pupil.previous_school",
    "enrolment.next_school",
    "enrolment.next_school_start",
)
_OF_PUPIL = (*_NAMES, "pupil.sex", "pupil.dob", *PUPIL_ADDRESS, "former_address.moved_on", *_STAY)
_PARENT = tuple(f"contact.{name}" for name in ("title", "forename", "surname", "lives_with", "phone", "mobile", *ADDRESS))
_HEADINGS = {"enrolment.status": "enrolment_status", "former_address.moved_on": "address_since"}
_FEWEST = 2  # parents, so that the columns stay the same for most files


def _select(desk: Desk, ask: Ask) -> Selection:
    due_returns = list(stays_due(desk, ask, ENTRY, entry_is_due))
    parent_count = max([_FEWEST, *(len(candidate.parents) for candidate in due_returns)])
    columns = (*columns_of(_OF_PUPIL, _HEADINGS), *of_people("parent", _PARENT, parent_count))
    selection = Selection(single(columns))
    for due_return in due_returns:
        selection.problems.extend(_problems(due_return, ask))
        put_on_form(selection, _exported_pupil(due_return, columns, parent_count), ask)
    selection.left_out.extend(
        not_due(
            desk,
            ask,
            due_returns,
            _("No entry on the admission register by that day, so there is nothing to return."),
            _("no entry on the admission register by that day"),
        )
    )
    return selection


def _exported_pupil(due_return: RegisterReturn, columns: tuple[ExportColumn, ...], parent_count: int) -> ExportedPupil:
    parents = cells_of_people(due_return.parents, due_return.pupil, _PARENT, parent_count)
    return told_of(due_return, _("Entered on the register, and not returned yet."), columns, _OF_PUPIL, parents)


def _problems(due_return: RegisterReturn, ask: Ask) -> Iterator[Problem]:
    """What the register must show and does not; the return is made all the same, since it is due."""
    yield from addresses_withheld(due_return, due_return.parents, ask)
    if due_return.stay.start_date is None:
        yield Problem(due_return.pupil, "enrolment.start_date", _("The starting day is missing. Enter it among the stays."))
    if due_return.pupil.sex is None:
        yield Problem(due_return.pupil, "pupil.sex", _("The sex is missing, which the admission register shows."))
    if not due_return.pupil.address_lines:
        yield Problem(due_return.pupil, "pupil.address_1", _("The address is missing, which the admission register shows."))
    if not due_return.parents:
        yield Problem(due_return.pupil, "contact.surname", _("No parent is on file. The register shows every person known to be a parent."))
    elif not any(parent.phone or parent.mobile for parent in due_return.parents):
        yield Problem(due_return.pupil, "contact.phone", _("No telephone number of a parent is on file, for an emergency."))


_FORM = FormParts(
    title=_("New pupil on the register"),
    parts=(
        (_("The pupil"), ("surname", "forename", "middle_names", "preferred_surname", "preferred_forename", "sex", "dob", "upn")),
        (_("Where the pupil lives"), (PLACE, "address_since")),
        (
            _("At this unit"),
            ("start_date", "enrolment_status", "main_school", "last_school", "previous_school", "next_school", "next_school_start"),
        ),
    ),
    people=_("Parents"),
    word="parent",
    required=("start_date",),
)

LA_NEW_PUPIL = authority_return(
    name=ENTRY,
    title=_("New pupils: return to the authority"),
    purpose=_("To tell the authority who came on to the admission register, with what it shows of them."),
    items=tuple(dict.fromkeys((*_OF_PUPIL, *_PARENT))),
    covers=_(
        "Each entry on the admission register that has not been returned: of pupils on roll, and of those who left again in this school year. Guests, and pupils of a college or other provider, are not on the register."
    ),
    select=_select,
    layouts={**TABLE, Format.PDF: form_layout(_FORM)},
    options=frozenset({Option.PUPILS}),
    once=True,
    spec=_("The contents of regulation 8, as we know them; the wording of its supplementary items is likely, not certain."),
)
