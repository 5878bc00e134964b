"""The page of a leaver pack that stays in our own file: the stay, the wishes, the consents that end, and how long the record is kept."""

from collections.abc import Iterator

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.papers.leaver_pack import Summary
from pupil_desk.domain.incidents.incident import is_ordinary
from pupil_desk.domain.learning.next_steps import Destination as NextStep
from pupil_desk.domain.learning.next_steps import last_confirmed
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.pupils.sending import school_named_in, sending_rules
from pupil_desk.domain.register.authority_returns import DELETION, was_returned
from pupil_desk.domain.unit.school_name import school_named
from pupil_desk.services.consents import standings
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import due_for_erasure
from pupil_desk.services.pupils import leaver_plans
from pupil_desk.services.pupils.leaver_plans import LeaverPlans
from pupil_desk.services.sharing import wishes
from pupil_desk.services.unit.calendars import law_calendar
from pupil_desk.store.rows import several
from pupil_desk.store.tables import incidents, returned


def summary(desk: Desk, pupil: Pupil, stay: Enrolment, plans: LeaverPlans, receiver: str | None, *, is_transferred: bool) -> Summary:
    """The page for our own file. ``receiver``: to which school the papers go, «» where none is known, None where there is none. ``is_transferred``: the transfer file was made with the pack."""
    assert stay.end_date is not None
    calendar = law_calendar(desk.vault)
    due_day = calendar.school_days_after(stay.end_date, sending_rules().school_days)
    was_told = was_returned(stay, DELETION, returned.everything(desk.vault, DELETION))
    facts = [
        (_("Date of birth"), show_date(pupil.dob)),
        (
            _("At the unit"),
            _("{first} to {last}").format(
                first=show_date(stay.start_date) if stay.start_date else _("not known"), last=show_date(stay.end_date)
            ),
        ),
        (_("Ground"), codelist("deletion_ground").label_of(stay.deletion_ground)),
        (_("Next school"), _next_school(desk, stay) or (_("none") if receiver is None else _("not known yet: the receipt names none"))),
        (_("Confirmed destination"), _destination(desk, pupil)),
        (
            _("Common Transfer File due by"),
            _("{when}: {made}").format(
                when=show_date(due_day) if due_day else _("15 school days after leaving, for which no confirmed terms are on file"),
                made=_("made with this pack") if is_transferred else _("not made with this pack"),
            ),
        ),
        (_("Return to the authority"), _("made") if was_told else _("not made yet: see Exports, Leavers")),
        (_("Incidents"), _incidents(desk, pupil)),
        *([(_("Plans"), words)] if (words := leaver_plans.words_of(plans)) else []),
    ]
    if desk.settings.keeps_safeguarding:  # said of everybody: not even whether there is one is for all to know
        facts.append(
            (_("Safeguarding file"), _("If there is one, the safeguarding lead sends it on to the lead there, apart from this pack."))
        )
    return Summary(
        pupil=_("{name}, {ref}").format(name=pupil.legal_name, ref=pupil.ref),
        stay=facts,
        wishes=[*_wishes(desk, pupil)],
        consents=_consents(desk, pupil, stay),
        retention=_kept_items(desk, pupil),
        imprint=_("Made on {day} by {user}.").format(day=show_date(desk.today), user=desk.user.name),
    )


def _incidents(desk: Desk, pupil: Pupil) -> str:
    """How many are on file, and that no file of the pack has them.

    What a school holds of a pupil is the educational record (SI 2005/1437, regulation 3), which goes to the next school (regulation 9); a restrictive
    intervention is part of the child’s file (toolkit of IRMS). Sure: medium.
    """
    cases = [case for case in incidents.of_pupil(desk.vault, pupil.id) if not case.struck and not is_ordinary(case.now.kind)]
    if not cases:
        return _("none on file")
    number = count_of(len(cases), _("incident"), _("incidents"))
    restrictive = count_of(sum(case.now.restrictive for case in cases), _("restrictive intervention"), _("restrictive interventions"))
    words = _(
        "{number}, {restrictive}. They belong to the record that goes on, and no file of this pack has them. A copy made under Requests has them without the names of other pupils: put it in, and name it among what goes along."
    )
    return words.format(number=number, restrictive=restrictive)


def _next_school(desk: Desk, stay: Enrolment) -> str:
    school, day = school_named(school_named_in(stay), desk.settings.told_schools), stay.next_school_start
    return _("{school}, from {day}").format(school=school, day=show_date(day)) if school and stay.next_school and day else school


def _destination(desk: Desk, pupil: Pupil) -> str:
    """The latest destination that was confirmed, by which the transfer file knows whether there is a school to send it to."""
    destination = confirmed_step(desk, pupil)
    return (
        ", ".join(filter(None, (destination.provider, begun_small(codelist("activity").label_of(destination.activity)))))
        if destination
        else ""
    )


def confirmed_step(desk: Desk, pupil: Pupil) -> NextStep | None:
    """The latest destination of a pupil that was confirmed."""
    return last_confirmed(several.of_pupil(desk.vault, NextStep, pupil.id))


def _wishes(desk: Desk, pupil: Pupil) -> Iterator[tuple[str, str]]:
    """The last word of each person about each recipient; those that count no more are marked so."""
    for name, wish in wishes.wishes_of(desk, pupil.id).items():
        choices = [giver.said for giver in wish.givers if giver.said is not None] + list(wish.strangers)
        words = [_choice_words(choice.choice, choice.giver, choice.by, show_date(choice.on)) for choice in choices]
        words += [
            _("{words} (counts no more)").format(words=_choice_words(choice.choice, choice.giver, choice.by, show_date(choice.on)))
            for choice in wish.inactive
        ]
        none = _("Asked, no reply") if any(giver.asked for giver in wish.givers) else _("Nothing was said")
        yield (codelist("choice_recipient").label_of(name), "\n".join(words) or none)


def _choice_words(choice: str, giver: str | None, capacity: str, day: str) -> str:
    person = giver or codelist("capacity").label_of(capacity)
    return _("{choice}: {who}, {day}").format(choice=codelist("choice").label_of(choice), who=person, day=day)


def _consents(desk: Desk, pupil: Pupil, stay: Enrolment) -> list[tuple[str, str]]:
    in_force = [standing for standing in standings.of_pupil(desk, pupil.id, stay.end_date) if standing.verdict.in_force]
    return [(standing.title, _("yes, until the pupil left")) for standing in in_force]


def _kept_items(desk: Desk, pupil: Pupil) -> list[tuple[str, str]]:
    kept_items = [held_item for held_item in due_for_erasure.held_items(desk, [pupil.id]) if held_item.part in due_for_erasure.OF_PUPIL]
    days = [
        (
            held_item.retention_class.label,
            _("until {day}").format(day=show_date(held_item.due)) if held_item.due else held_item.retention_class.running,
        )
        for held_item in kept_items
    ]
    sooner = _(
        "The last school keeps the record. With the signed receipt on file, ours may be proposed for erasure earlier; each entry of the registers stays {least}."
    )
    return [*days, (_("Sooner"), sooner.format(least=desk.schedule.register_law))]
