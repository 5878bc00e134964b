"""Which kinds of data a person may enter as told to whom: those that the notice names for that recipient, and any on consent or on a ground that the law names."""

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.catalogue.catalogue import item_at
from pupil_desk.domain.sharing.recipients import OTHER, grounds, register
from pupil_desk.domain.sharing.sharing import RECIPIENTS
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import promised_exports

CONSENT, LEGAL_OBLIGATION = "consent", "legal-obligation"
_THEMSELVES = frozenset({"family", "pupil"})


def kinds_named(desk: Desk, recipient_name: str) -> tuple[str, ...]:
    """The codes of «disclosed_kind» that the notice names for a recipient, by its name in the register: by its items there and in the exports that
    go to it. All of them for the family and the pupil, to whom it belongs, and for who is told on a ground alone."""
    kinds, recipient = tuple(codelist("disclosed_kind").codes), register().get(recipient_name)
    if recipient is None or recipient_name == OTHER or recipient_name in _THEMSELVES:
        return kinds
    items = {*recipient.minimum, *recipient.full}
    if desk.settings.with_parent:
        items |= {*recipient.parent_items}
    for export in promised_exports(desk):
        if export.recipient_key == recipient_name and export.name not in RECIPIENTS:  # of whom the rule of sharing tells by its own items
            items |= {*export.items}
    named_kinds = {item_at(path).facts.category.name.lower().replace("_", "-") for path in items}
    return tuple(kind for kind in kinds if kind in named_kinds)


def kinds_to_tell(desk: Desk, recipient_name: str, basis: str, law: str) -> tuple[str, ...]:
    """The kinds that may be entered: on consent, or on a ground on which anybody may be told, all; else those that the notice names.

    That a law demands it is such a ground where the law is named: without, it is the register's own law, which is for what the notice names.
    """
    on_a_ground = basis == CONSENT or (basis in grounds() and (basis != LEGAL_OBLIGATION or bool(law.strip())))
    return tuple(codelist("disclosed_kind").codes) if on_a_ground else kinds_named(desk, recipient_name)
