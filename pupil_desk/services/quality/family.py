"""Address, family and other contacts: what the admission register asks, and whom to call."""

from collections import Counter
from collections.abc import Iterator

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.care.needs import social_work_on
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, ORDER
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, Need, PupilFile, QualityContext, QualityRule, Scope, gap_in, limits

_PARENTS = frozenset({"PAM", "PAF"})
_SOCIAL_WORKER = "SWR"
_ADULT = 18


def _reachable(contact: Contact) -> bool:
    return bool(contact.phone or contact.mobile)


def _missing(item: str, words: str) -> Gap:
    """A contact who is not on file yet."""
    return Gap(words, item, "contact")


def no_address(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    if not file.pupil.address_1:
        yield Gap(_("The home address is missing. Ask the family for it."), "address_1")


def no_postcode(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """An address without a postcode."""
    if file.pupil.address_1 and not file.pupil.postcode:
        yield Gap(_("The address has no postcode. Look it up by the first line of the address."), "postcode")


def no_way_to_reach(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A pupil of 16 or over with no telephone or e-mail of their own."""
    if file.age >= 16 and not file.pupil.phone and not file.pupil.email:
        words = _("From 16 the pupil is reached in person: there is no telephone and no e-mail of their own. Ask the pupil.")
        yield Gap(words, "phone")


def no_holder(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Nobody with parental responsibility."""
    if file.age < _ADULT and not file.holders:
        words = _("No contact has parental responsibility. Add a parent, or say of a contact that they have it.")
        parent = next((contact for contact in file.contacts if contact.relationship in _PARENTS), None)
        yield gap_in(parent, "parental_responsibility", words) if parent else _missing("surname", words)


def responsibility_not_said(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A mother or father of whom it is not said whether they have parental responsibility."""
    for contact in file.contacts:
        if contact.relationship in _PARENTS and contact.parental_responsibility is None:
            words = _("It is not said whether {name} has parental responsibility. Until then it counts as no.")
            yield gap_in(contact, "parental_responsibility", words.format(name=contact.full_name))


def home_not_said(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """No parent of whom it is said whether the pupil lives with them."""
    if file.holders and all(contact.lives_with is None for contact in file.contacts):
        words = _("It is not said with which parent the pupil lives. Say it of each.")
        yield gap_in(file.holders[0], "lives_with", words)


def _kept_apart(file: PupilFile) -> set[str | None]:
    """The contacts under an order, or whose address is withheld: what is not known of them may be rightly so."""
    return {protection.contact_id for protection in file.protections if protection.kind in (ORDER, ADDRESS_WITHHELD)}


def parent_without_phone(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A parent without a telephone number, unless they are kept apart."""
    for contact in file.holders:
        if not _reachable(contact) and contact.id not in _kept_apart(file):
            words = _("{name} has parental responsibility, and no telephone number. The register has one for each parent.")
            yield gap_in(contact, "mobile", words.format(name=contact.full_name))


def contact_without_phone(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Another contact who cannot be called."""
    for contact in file.contacts:
        if not contact.parental_responsibility and not _reachable(contact):
            yield gap_in(contact, "mobile", _("{name} has no telephone number, and cannot be called.").format(name=contact.full_name))


def parent_without_address(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A parent elsewhere whose address is not known, unless they are kept apart."""
    for contact in file.holders:
        if not contact.lives_with and not contact.address_lines and contact.id not in _kept_apart(file):
            words = _("{name} has no address: enter it, or say that the pupil lives with them.")
            yield gap_in(contact, "address_1", words.format(name=contact.full_name))


def corrections_wait(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """What a family wrote on a data-check slip, and nobody has entered."""
    for check in file.checks:
        if check.waits:
            words = _("{who} wrote corrections on a data-check slip, {day}. Enter them from the paper kept, then the day on which you did.")
            yield gap_in(check, "entered_on", words.format(who=check.checked_by, day=show_date(check.on)))


def nobody_to_call(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """No contact with a telephone number."""
    if not any(map(_reachable, file.contacts)):
        words = _("Nobody can be called: no contact has a telephone number.")
        first = next(iter(file.contacts), None)
        yield gap_in(first, "mobile", words) if first else _missing("surname", words)


def too_few_to_call(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Fewer contacts to call than advised."""
    reachable, advised = sum(map(_reachable, file.contacts)), limits()["emergency_contacts"]
    if 0 < reachable < advised:
        words = _("Only {number} contact has a telephone number. Ask for a second person to call.")
        yield _missing("surname", words.format(number=reachable))


def called_together(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Two contacts at the same place in the order of calling."""
    places = Counter(contact.order for contact in file.contacts if contact.order)
    for contact in file.contacts:
        if contact.order and places[contact.order] > 1:
            places[contact.order] = 0  # one line for all of them
            words = _("Two contacts are number {order} in the order of calling. Say who comes first.")
            yield gap_in(contact, "order", words.format(order=contact.order))


def contact_twice(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """The same person twice among the contacts of one pupil."""
    if len(file.contacts) < 2:
        return
    by_name: dict[str, Contact] = {}
    for contact in file.contacts:
        if not contact.forename:
            continue
        before = by_name.setdefault(fold(f"{contact.forename} {contact.surname}"), contact)
        if before is not contact:
            yield gap_in(contact, "surname", _("{name} is on file twice. Keep one of the two.").format(name=contact.full_name))


def called_against_order(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A contact under an order who is called first, or lives with the pupil."""
    barred = {protection.contact_id for protection in file.protections if protection.kind == ORDER}
    for contact in file.contacts:
        if contact.id not in barred:
            continue
        if contact.order == 1:
            words = _("{name} is under an order, and is the first to be called. Check the order of calling.")
            yield gap_in(contact, "order", words.format(name=contact.full_name))
        if contact.lives_with:
            words = _("{name} is under an order, and lives with the pupil. Correct one of the two.")
            yield gap_in(contact, "lives_with", words.format(name=contact.full_name))


def no_social_worker(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A pupil who has a social worker, of whom it is not said who that is."""
    work = social_work_on(file.care, context.today)
    is_named = (work is not None and work.worker) or any(contact.relationship == _SOCIAL_WORKER for contact in file.contacts)
    if (work is not None or file.pupil.looked_after) and not is_named:
        words = _(
            "The pupil has a social worker, and it is not said who. Add who it is, under Needs or among the contacts: they are told of a suspension."
        )
        yield _missing("relationship", words)


_MUST, _SHOULD, _HERE, _PRESENT = Gravity.MUST, Gravity.SHOULD, Scope.HERE, Scope.PRESENT
_REGISTER = _("SI 2024/208, regulation 8")
RULES = (
    QualityRule(_("No address"), (Need.ADMISSION, Need.CENSUS, Need.YOUTH, Need.TRANSFER), _MUST, _HERE, _REGISTER, no_address),
    QualityRule(_("No postcode"), (Need.CENSUS, Need.YOUTH, Need.ULN), _SHOULD, _HERE, _("School census"), no_postcode),
    QualityRule(_("No telephone or e-mail of the pupil"), (Need.YOUTH, Need.COLLEGE), _SHOULD, _HERE, OURS, no_way_to_reach),
    QualityRule(_("Nobody with parental responsibility"), (Need.ADMISSION, Need.NOTICES, Need.TRANSFER), _MUST, _HERE, _REGISTER, no_holder),
    QualityRule(_("Parental responsibility not said"), (Need.ADMISSION, Need.NOTICES), _SHOULD, _HERE, _REGISTER, responsibility_not_said),
    QualityRule(_("Corrections of a family wait to be entered"), (Need.RECORD,), _MUST, Scope.ANYONE, _("UK GDPR Articles 5(1)(d) and 16"), corrections_wait),
    QualityRule(_("With whom the pupil lives"), (Need.ADMISSION,), _MUST, _HERE, _REGISTER, home_not_said),
    QualityRule(_("Parent without a telephone number"), (Need.ADMISSION, Need.EMERGENCY), _MUST, _HERE, _REGISTER, parent_without_phone),
    QualityRule(_("Contact without a telephone number"), (Need.EMERGENCY,), _SHOULD, _PRESENT, OURS, contact_without_phone),
    QualityRule(_("Parent without an address"), (Need.ADMISSION, Need.NOTICES), _MUST, _HERE, _REGISTER, parent_without_address),
    QualityRule(_("Nobody to call"), (Need.EMERGENCY,), _MUST, _PRESENT, _REGISTER, nobody_to_call),
    QualityRule(_("Only one person to call"), (Need.EMERGENCY,), _SHOULD, _PRESENT, _("Keeping children safe in education"), too_few_to_call),
    QualityRule(_("Order of calling"), (Need.EMERGENCY,), _SHOULD, _PRESENT, OURS, called_together),
    QualityRule(_("Contact on file twice"), (Need.RECORD, Need.EMERGENCY), _SHOULD, _PRESENT, OURS, contact_twice),
    QualityRule(_("Contact under an order"), (Need.EMERGENCY, Need.SHARING), _MUST, _PRESENT, _("the order on file"), called_against_order),
    QualityRule(_("No social worker"), (Need.SEN, Need.SUSPENSIONS), _SHOULD, _HERE, _("guidance on suspension and exclusion"), no_social_worker),
)  # fmt: skip
