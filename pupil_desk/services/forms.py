"""Printed forms for families: whom each asks, and what stands on it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.dates import age_on, show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents import data_check, sharing_form
from pupil_desk.documents.blocks import Block
from pupil_desk.domain.notice import Letter
from pupil_desk.domain.pupil import Pupil
from pupil_desk.domain.sharing import OWN_WORD_FROM
from pupil_desk.services import data_check as data_check_service
from pupil_desk.services import notices, roll, sharing, told_on_paper
from pupil_desk.services.desk import Desk
from pupil_desk.services.notice_text import filling_of
from pupil_desk.services.roles import Action

SHARING_CHOICE, DATA_CHECK = "sharing-choice", "data-check"
FORMS = {SHARING_CHOICE: _("Choice about sharing"), DATA_CHECK: _("Is what we hold still right?")}


@dataclass(frozen=True, slots=True)
class FormPaper:
    """One form as a story, and the letter of the notice that it goes with; its file name says nothing but our reference."""

    pupil: Pupil
    letter: Letter
    story: Sequence[Block]
    title: str
    file_stem: str


def check_name(name: str) -> None:
    """Raises WrongUse for a form there is not."""
    if name not in FORMS:
        raise WrongUse(_("There is no form of that name. There are: {names}.").format(names=", ".join(FORMS)))


def all_unasked(desk: Desk, day: date | None = None) -> list[Pupil]:
    """The pupils on roll whose holder of the choice has not spoken about youth support."""
    return sharing.unasked(desk, day or desk.today)


def all_of(desk: Desk, name: str, day: date | None = None) -> list[Pupil]:
    """The pupils on roll to whom a form is due: for the choice those who were not asked, for the data check everyone."""
    return all_unasked(desk, day) if name == SHARING_CHOICE else [row.pupil for row in roll.roll(desk, day or desk.today)]


def papers(desk: Desk, name: str, pupils: Iterable[Pupil], day: date | None = None) -> Iterator[FormPaper]:
    """The forms of one name for these pupils. Raises WrongUse for a name there is not."""
    check_name(name)
    return sharing_forms(desk, pupils, day) if name == SHARING_CHOICE else data_checks(desk, pupils, day)


def data_checks(desk: Desk, pupils: Iterable[Pupil], day: date | None = None) -> Iterator[FormPaper]:
    """The slips on which a family says whether what we hold is still right: one a household, and from 16 the pupil's own."""
    desk.require(Action.PRINT_FORM)
    day = day or desk.today
    for pupil in pupils:
        for number, letter in enumerate(notices.letters_of(desk, pupil.id, day).letters, start=1):
            story = data_check.story(data_check_service.data_check(desk, letter))
            yield FormPaper(pupil, letter, story, FORMS[DATA_CHECK], f"{DATA_CHECK}-{pupil.ref}-{number}")


def sharing_forms(desk: Desk, pupils: Iterable[Pupil], day: date | None = None) -> Iterator[FormPaper]:
    """The reply forms: under 16 one for each household that may choose, from 16 one for the pupil.

    A contact under an order or without an address gets none, as with the notice.
    """
    desk.require(Action.PRINT_FORM)
    day = day or desk.today
    for pupil in pupils:
        for number, letter in enumerate(_askable(desk, pupil, day), start=1):
            form = _form(desk, letter)
            stem = f"{SHARING_CHOICE}-{pupil.ref}-{number}"
            yield FormPaper(pupil, letter, sharing_form.story(form), _("Your choice about sharing"), stem)


def _askable(desk: Desk, pupil: Pupil, day: date) -> list[Letter]:
    own = age_on(pupil.dob, day) >= OWN_WORD_FROM
    return [letter for letter in notices.letters_of(desk, pupil.id, day).letters if bool(letter.contacts) != own]


def _form(desk: Desk, letter: Letter) -> sharing_form.SharingForm:
    filling, _missing = filling_of(desk.settings)
    pupil = letter.pupil
    return sharing_form.SharingForm(
        unit=desk.settings.name,
        pupil=pupil.legal_name,
        pupil_born=show_date(pupil.dob),
        own=not letter.contacts,
        asked=letter.addressee,
        youth_service=_capital(str(filling["youth_service"])),
        return_to=", ".join([str(filling["choices_contact"]), desk.settings.name, *desk.settings.address_lines]),
        with_parent=desk.settings.with_parent,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def printed(desk: Desk, pupils: Iterable[Pupil], name: str = SHARING_CHOICE, letters: Iterable[Letter] | None = None) -> None:
    """Log that forms were printed or saved, one row a pupil, and to whom each tells of the pupil: everybody whom the form asks, unless ``letters`` says."""
    asked = {pupil.id: pupil for pupil in pupils}
    if not asked:
        return
    desk.require(Action.PRINT_FORM, "pupil", next(iter(asked)))
    went = list(letters) if letters is not None else [letter for pupil in asked.values() for letter in _letters(desk, name, pupil)]
    first, *others = asked
    with desk.act(Action.PRINT_FORM, "pupil", first, name) as work:
        for pupil_id in others:
            work.note(Action.PRINT_FORM, "pupil", pupil_id, name)
        for letter in went:
            told_on_paper.keep(work, _tells(name, letter), [letter])


def _letters(desk: Desk, name: str, pupil: Pupil) -> Sequence[Letter]:
    return _askable(desk, pupil, desk.today) if name == SHARING_CHOICE else notices.letters_of(desk, pupil.id).letters


def _tells(name: str, letter: Letter) -> told_on_paper.Tells:
    return told_on_paper.SHARING_CHOICE if name == SHARING_CHOICE else told_on_paper.data_check(data_check_service.items_told(letter))
