"""What Home tells of the pupils' records and notices, as cards: notices to give, who was not asked, notes, offers, and what a record lacks."""

from datetime import date
from functools import partial

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.learning.next_steps import offer_due_by
from pupil_desk.services.home.home import OF_CONTACTS, Incomplete, Tasks
from pupil_desk.services.notes.notes import NoteDue
from pupil_desk.ui.kit.context import Place
from pupil_desk.ui.pages.home.cards import CardLine, Go, HomeCard


def notices_cards(tasks: Tasks, today: date, go: Go) -> list[HomeCard]:
    """A notice is to be given before anything is done with what is held, so it is for today; who gets none is a thing to look at."""
    return [
        HomeCard(_("Notices to give"), _notices(tasks, today, go)),
        HomeCard(
            _("Nobody to give it to"),
            [
                CardLine(
                    _("{name}: no contact with parental responsibility is on file").format(name=pupil.full_name),
                    partial(go, "pupils", str(Place(pupil.id, "contacts", "contact", "", "surname"))),
                    due=today,
                    pupil_id=pupil.id,
                )
                for pupil in tasks.notices.without_addressee
            ],
            several=_("{count} pupils: enter a contact with parental responsibility"),
        ),
        HomeCard(
            _("Contacts without a notice"),
            [
                CardLine(
                    _("{contact}, of {pupil}: {reason}").format(contact=name, pupil=pupil.full_name, reason=reason),
                    partial(go, "pupils", str(Place(pupil.id, "contacts"))),
                    pupil_id=pupil.id,
                )
                for pupil, name, reason in tasks.notices.left_out
            ],
            all=partial(go, "notices"),
            several=_("{count} contacts: see why"),
        ),
        HomeCard(_("Not asked yet"), _unasked(tasks, go)),
    ]


def records_cards(tasks: Tasks, today: date, go: Go) -> list[HomeCard]:
    """Photographs that must go, notes, offers and gaps: one line a note or a pupil, which leads there."""
    return [
        _photographs_card(tasks, today, go),
        HomeCard(
            _("Notes"),
            [
                CardLine(_follow_up_words(due), partial(go, "pupils", _place_of(due)), "check", due.since, due.pupil_id)
                for due in tasks.follow_ups
            ],
            several=_("{count} notes: look at them again"),
        ),
        HomeCard(
            _("Without an offer"),
            [
                CardLine(
                    _("{name}: enter the offer, or where the pupil is").format(name=pupil.full_name),
                    partial(go, "pupils", str(Place(pupil.id, "destinations", "destination"))),
                    due=offer_due_by(pupil.year_group, today),
                    pupil_id=pupil.id,
                )
                for pupil in tasks.no_offer
            ],
            _("Each should have one by the end of September."),
            several=_("{count} pupils: enter the offer, or where the pupil is"),
        ),
        HomeCard(
            _("Gaps in records"),
            [
                CardLine(
                    _("{name}: {lacks}").format(name=lacking.pupil.full_name, lacks=join_words(lacking.lacks)),
                    partial(go, "pupils", str(_gap(lacking))),
                    pupil_id=lacking.pupil.id,
                )
                for lacking in tasks.incomplete
            ],
            all=partial(go, "quality"),
            several=_("{count} records: fill in what is missing"),
        ),
    ]


def _photographs_card(tasks: Tasks, today: date, go: Go) -> HomeCard:
    """A line for each that must go, which leads to the card of the pupil, where it is taken off."""
    return HomeCard(
        _("Photographs"),
        [
            CardLine(
                _("{name}: the consent to the photograph has ended, take it off the record").format(name=pupil.full_name),
                partial(go, "pupils", str(Place(pupil.id, "card"))),
                "bad",
                today,
                pupil.id,
            )
            for pupil in tasks.photographs
        ],
        several=_("{count} photographs whose consent has ended: take each off the record"),
    )


def _notices(tasks: Tasks, today: date, go: Go) -> list[CardLine]:
    letters = tasks.notices.letters
    if not letters:
        return []
    pupil_count = len({letter.pupil.id for letter in letters})
    words = _("{letters} for {pupils}: print the current notice and give it").format(
        letters=count_of(len(letters), _("notice"), _("notices")), pupils=count_of(pupil_count, _("pupil"), _("pupils"))
    )
    if tasks.why_new_edition:
        why = _("There is a new edition: {reasons}").format(reasons=join_words(list(tasks.why_new_edition)))
        words = f"{words}. {why}"
    return [CardLine(words, partial(go, "notices"), due=today)]


def _unasked(tasks: Tasks, go: Go) -> list[CardLine]:
    if not tasks.unasked:
        return []
    words = _("{pupils}: print the reply forms, and enter the answers as they come").format(
        pupils=count_of(len(tasks.unasked), _("pupil"), _("pupils"))
    )
    return [CardLine(words, partial(go, "sharing", str(Place("", "answers", "not-asked"))))]


def _gap(lacking: Incomplete) -> Place:
    """The first thing that a record lacks: its field, or where a contact is entered."""
    if lacking.item in OF_CONTACTS:
        return Place(lacking.pupil.id, "contacts", "contact", "", "surname")
    return Place(lacking.pupil.id, "details", "pupil", "", lacking.item)


def _follow_up_words(due: NoteDue) -> str:
    """Of a restricted note only that it is one: others may see the screen."""
    category = codelist("note_category").label_of(due.category) if due.category else _("Restricted note")
    return _("{name}: {about}, since {day}").format(name=due.name, about=category, day=show_date(due.since))


def _place_of(due: NoteDue) -> str:
    """The note itself, in its list."""
    return str(Place(due.pupil_id, "notes", "restricted_note" if due.restricted else "note", due.note_id, "text"))
