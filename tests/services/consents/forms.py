"""Short ways to ask for a consent on a form, and to keep what comes back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pupil_desk.domain.consents.case import ConsentStatus, Verdict
from pupil_desk.services.consents import standings
from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms.consents import KIND
from pupil_desk.services.paper_forms.kind import FormReply, FormToPrint, Variant
from tests.services.consents.conftest import Family
from tests.services.exports.made import DAY

SIGNED = date(2026, 11, 23)


def in_force(desk: Desk, key: str, day: date | None = None, *, use: str = "", occasion_id: str = "") -> dict[str, Verdict]:
    """The pupils of whom there is a yes, with how it stands."""
    found = standings.verdicts(desk, key, day, use=use, occasion_id=occasion_id)
    return {pupil_id: verdict for pupil_id, verdict in found.items() if verdict.in_force}


def ask(family: Family, subject: str = "photographs", variant: Variant = Variant.STANDARD) -> list[FormToPrint]:
    return list(KIND.ask(family.unit.desk, subject, [family.ben], DAY, variant).forms)


def returned(family: Family, answers: Mapping[str, str], subject: str = "photographs", giver: str | None = "mum", **more: Any) -> FormReply:
    signed = {"mum": family.mum.id, "dad": family.dad.id, "aunt": family.aunt.id, None: None}[giver]
    facts = {
        "form_id": "f",
        "kind": KIND.name,
        "subject": subject,
        "pupil_id": family.ben.id,
        "contact_ids": (family.mum.id,),
        "wording": "It",
        "language": "en",
        "answers": answers,
        "giver_id": signed,
        "signed_on": SIGNED,
        "evidence": "page-1",
    } | more
    return FormReply(**facts)


def keep(family: Family, back: FormReply) -> frozenset[str]:
    assert KIND.problems(family.unit.desk, back) == ()
    with family.unit.desk.act(KIND.action, "pupil", family.ben.id) as work:
        return KIND.keep(work, back)


def stands(family: Family) -> dict[str, ConsentStatus]:
    return {row.title: row.verdict.standing for row in standings.of_pupil(family.unit.desk, family.ben.id)}


PHOTOS = {"display": "yes", "website": "yes", "social": "no", "prospectus": "no", "press": "no"}
