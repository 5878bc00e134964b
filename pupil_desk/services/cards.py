"""First-aid cards and the sheet of emergency contacts: only the items that the purpose needs, and no address.

A contact whom an order or restriction names is never on them.
"""

from collections.abc import Collection, Iterable, Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents import first_aid_card
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.first_aid_card import Caller, Card, Known, Reachable
from pupil_desk.domain.contact import Contact
from pupil_desk.domain.health import ALLERGY, CONDITION, DIETARY, LIFE_THREATENING, HealthItem, Medicine
from pupil_desk.domain.needs import lasts_on
from pupil_desk.domain.protection import ORDER, Protection
from pupil_desk.domain.pupil import Pupil
from pupil_desk.services import pupils
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store import contacts, protections, several
from pupil_desk.store import pupils as pupil_store


def first_aid(desk: Desk, ids: Collection[str]) -> tuple[list[Block], str]:
    """The first-aid cards of those pupils as a story, and its title. That they were made is logged, a row for each."""
    desk.require(Action.READ_RECORD)
    vault, today = desk.vault, desk.today
    chosen = pupil_store.some(vault, ids)
    if len(chosen) == 1:
        (pupil,) = chosen
        items = {pupil.id: several.of_pupil(vault, HealthItem, pupil.id)}
        medicines = {pupil.id: several.of_pupil(vault, Medicine, pupil.id)}
        people = {pupil.id: contacts.of_pupil(vault, pupil.id)}
        held = {pupil.id: protections.of_pupil(vault, pupil.id, today)}
    else:
        items, medicines = several.by_pupil(vault, HealthItem), several.by_pupil(vault, Medicine)
        people, held = contacts.by_pupil(vault), protections.by_pupil(vault, today)
    cards = [
        _card(desk, pupil, items.get(pupil.id, []), medicines.get(pupil.id, []), people.get(pupil.id, []), held.get(pupil.id, []))
        for pupil in chosen
    ]  # fmt: skip
    log_each(desk, chosen, "first-aid card made")
    return first_aid_card.story(cards, f"{made_by(desk)} {_('There is no photograph on file.')}"), _("First-aid card")


def emergency_contacts(desk: Desk, ids: Collection[str] | None = None) -> tuple[list[Block], str]:
    """The sheet of emergency contacts of those pupils, or of all on roll, and its title. That it was made is logged."""
    desk.require(Action.READ_RECORD)
    chosen = pupils.on_roll(desk, desk.today) if ids is None else pupil_store.some(desk.vault, ids)
    people, held = contacts.by_pupil(desk.vault), protections.by_pupil(desk.vault, desk.today)
    rows = [Reachable(surname_first(pupil), callers(people[pupil.id], held[pupil.id])) for pupil in chosen]
    log_each(desk, chosen, "emergency contacts made")
    return first_aid_card.contacts_story(rows, made_by(desk)), _("Emergency contacts")


def _card(
    desk: Desk,
    pupil: Pupil,
    items: Iterable[HealthItem],
    medicines: Iterable[Medicine],
    people: Sequence[Contact],
    held: Sequence[Protection],
) -> Card:
    known = [item for item in items if lasts_on(item, desk.today)]
    given = [row for row in medicines if row.end_date is None or row.end_date >= desk.today]
    name = pupil.legal_name if pupil.legal_name == pupil.full_name else f"{pupil.full_name} ({pupil.legal_name})"
    return Card(
        name=name,
        allergies=[_known(item) for item in known if item.kind == ALLERGY],
        conditions=[_known(item) for item in known if item.kind == CONDITION],
        diet=[item.what for item in known if item.kind == DIETARY],
        notes=pupil.medical or "",
        medicines=[(row.name, _("{dose}, {taken}").format(dose=row.dose, taken=row.taken), _kept_at(desk, row)) for row in given],
        callers=callers(people, held),
        kept_back=any(protection.kind == ORDER for protection in held),
    )  # fmt: skip


def _known(item: HealthItem) -> Known:
    severity = codelist("severity").label_of(item.severity)
    words = f"{item.what} – {severity.lower()}" if severity else item.what
    steps = tuple(line.strip() for line in (item.emergency or "").splitlines() if line.strip())
    return Known(words, steps, grave=item.severity == LIFE_THREATENING)


def _kept_at(desk: Desk, medicine: Medicine) -> str:
    """Where it is kept; a medicine past its day says so, since it must not be given."""
    if medicine.expiry is not None and medicine.expiry < desk.today:
        day = show_date(medicine.expiry)
        return _("{place}. Past its use-by day, {day}: do not give it").format(
            place=medicine.stored or _("Not known"), day=day
        )
    return medicine.stored or _("Not known")


def callers(people: Iterable[Contact], held: Iterable[Protection]) -> list[Caller]:
    """Whom to call about a pupil, in order; nobody whom an order or restriction names."""
    barred = {protection.contact_id for protection in held if protection.kind == ORDER}
    return [
        Caller(f"{contact.full_name}, {codelist('relationship').label_of(contact.relationship).lower()}", numbers)
        for contact in people
        if contact.id not in barred and (numbers := " / ".join(filter(None, (contact.mobile, contact.phone))))
    ]


def surname_first(pupil: Pupil) -> str:
    """The name as a list of pupils is ordered, with the forename that the pupil goes by."""
    return f"{pupil.surname}, {pupil.preferred_forename or pupil.forename}"


def made_by(desk: Desk) -> str:
    """What stands at the foot of a paper for staff: which unit's, when and by whom it was printed."""
    return _("{unit}. Printed on {day} by {user}.").format(
        unit=desk.settings.name, day=show_date(desk.today), user=desk.user.name
    )


def log_each(desk: Desk, chosen: Sequence[Pupil], words: str) -> None:
    """Log that something was made about these pupils: a row for each."""
    if not chosen:
        return
    with desk.act(Action.READ_RECORD, "pupil", chosen[0].id, words) as work:
        for pupil in chosen[1:]:
            work.note(Action.READ_RECORD, "pupil", pupil.id, words)
