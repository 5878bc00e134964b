"""The return of a deletion from the admission register: as soon as the ground is met, and no later than the deletion.

Source: SI 2024/208, regulations 9 and 13; domain reference 6.2 and 6.3. What goes is what the regulation
names, with the UPN, by which the authority knows the pupil; the date of birth is not among it.
"""

from collections.abc import Iterator
from dataclasses import replace

from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.leaving import of_compulsory_age
from pupil_desk.domain.pupils.pupil import ADDRESS
from pupil_desk.domain.register.authority_returns import DELETION, deletion_is_due, leaves_with_the_seniors
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Ask, ExportColumn, ExportedPupil, Format, LeftOut, Option, Problem, Selection, single
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

_OF_PUPIL = (
    "pupil.upn",
    "pupil.surname",
    "pupil.forename",
    "pupil.middle_names",
    *PUPIL_ADDRESS,
    "former_address.moved_on",
    "enrolment.end_date",
    "enrolment.deletion_ground",
    "enrolment.main_school",
    "enrolment.next_school",
    "enrolment.next_school_start",
)
_PARENT = tuple(f"contact.{name}" for name in ("title", "forename", "surname", "phone", "mobile", *ADDRESS))
_HEADINGS = {"former_address.moved_on": "address_since"}
_FEWEST = 2  # parents, so that the columns stay the same for most files


def _select(desk: Desk, ask: Ask) -> Selection:
    due_returns = list(stays_due(desk, ask, DELETION, deletion_is_due))
    parent_count = max([_FEWEST, *(len(_lived_with(candidate)) for candidate in due_returns)])
    parents = (
        replace(column, further=("contact.lives_with",)) if column.item == "contact.surname" else column
        for column in of_people("parent", _PARENT, parent_count)
    )  # whose name stands there lives with the pupil
    columns = (*columns_of(_OF_PUPIL, _HEADINGS), *parents)
    selection = Selection(single(columns))
    for due_return in due_returns:
        if not ask.by_name and leaves_with_the_seniors(due_return.stay, due_return.pupil.dob):
            # of those who left before the last school year nobody asks any more
            if due_return.stay.end_date is not None and school_year(due_return.stay.end_date) >= school_year(ask.day) - 1:
                selection.left_out.append(_with_the_seniors(due_return))
            continue
        selection.problems.extend(_problems(due_return, ask))
        put_on_form(selection, _exported_pupil(due_return, columns, parent_count), ask)
    selection.left_out.extend(
        not_due(
            desk,
            ask,
            due_returns,
            _("Not taken off the admission register by that day, nor about to be with a ground on file, so there is nothing to return."),
            _("not taken off the admission register by that day"),
        )
    )
    return selection


def _lived_with(due_return: RegisterReturn) -> list[Contact]:
    return [parent for parent in due_return.parents if parent.lives_with]


def _with_the_seniors(due_return: RegisterReturn) -> LeftOut:
    reason = _("Left at the end of the most senior year: returned only if the authority asks. Name the pupil then.")
    return LeftOut(due_return.pupil, reason, _("left at the end of the most senior year"))


def _exported_pupil(due_return: RegisterReturn, columns: tuple[ExportColumn, ...], parent_count: int) -> ExportedPupil:
    lived_with = _lived_with(due_return)
    parents = cells_of_people(lived_with, due_return.pupil, _PARENT, parent_count)
    derived_from = ("contact.lives_with",) if lived_with else ()
    return told_of(
        due_return,
        _("Taken off the register, or about to be, and not returned yet."),
        columns,
        _OF_PUPIL,
        parents,
        derived_from=derived_from,
    )


def _problems(due_return: RegisterReturn, ask: Ask) -> Iterator[Problem]:
    """What the regulation asks for and the record lacks; the return is made all the same, since it is due."""
    yield from addresses_withheld(due_return, _lived_with(due_return), ask)
    end = due_return.stay.end_date
    if not due_return.stay.deletion_ground:
        words = _("The ground for taking the pupil off the register is missing. Choose it among the stays.")
        if end is None or not of_compulsory_age(due_return.pupil.dob, end):
            words = _(
                "No ground is given. For a pupil past compulsory school age the law has a list of its own: tell the authority the ground."
            )
        yield Problem(due_return.pupil, "enrolment.deletion_ground", words)
    if not due_return.pupil.address_lines:
        yield Problem(due_return.pupil, "pupil.address_1", _("The address is missing."))
    if not _lived_with(due_return):
        words = _("No parent is marked as living with the pupil. The return names those with whom the pupil lived.")
        yield Problem(due_return.pupil, "contact.lives_with", words)


_FORM = FormParts(
    title=_("Pupil taken off the register"),
    parts=(
        (_("The pupil"), ("surname", "forename", "middle_names", "upn")),
        (_("Where the pupil lives"), (PLACE, "address_since")),
        (_("Leaving"), ("end_date", "deletion_ground", "main_school", "next_school", "next_school_start")),
    ),
    people=_("Parents with whom the pupil lives"),
    word="parent",
    required=("end_date", "deletion_ground"),
)

LA_LEAVER = authority_return(
    name=DELETION,
    title=_("Leavers: return to the authority"),
    purpose=_("To tell the authority who goes off the admission register, on what ground and where to, so that no child goes missing."),
    items=tuple(dict.fromkeys((*_OF_PUPIL, *_PARENT, "contact.lives_with"))),
    covers=_(
        "Each deletion from the admission register that has not been returned: the leaving day has come, or is set with its ground. Those who leave at the end of the most senior year only if they are asked for."
    ),
    select=_select,
    layouts={**TABLE, Format.PDF: form_layout(_FORM)},
    options=frozenset({Option.PUPILS}),
    once=True,
    spec=_("The contents of regulation 13, as we know them."),
)
