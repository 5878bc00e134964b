"""The account of an incident on paper, whole, to be signed by hand: for the file, the police, the authority or the chair.

It names every pupil who is in it, so it stays inside until somebody gives it to others; that is then entered in the log of disclosures by hand.
"""

from collections.abc import Iterator

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, Keep, Para, WritingLine
from pupil_desk.documents.papers.signing import ROOM_TO_SIGN, dated
from pupil_desk.domain.catalogue.items import item_named, items_of
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.incidents.incident import SHARED, Incident, IncidentCase, missing_of, names_in
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents.looking import IncidentState
from pupil_desk.services.roles import Action

TITLE = _("Account of an incident")
_IN_HEADINGS = frozenset({"kind", "day", "part", "struck"})
_OF_NAMES = frozenset({"staff", "witnesses", "done_by"})


def account_lines(account: Incident) -> Iterator[tuple[str, str]]:
    """What is said of it that is the same for all, with the name of each."""
    return _facts(account, [name for name in SHARED if name not in _IN_HEADINGS and name != "time"])


def own_lines(entry: Incident) -> Iterator[tuple[str, str]]:
    """What is said of one pupil, with the name of each; what there was not is not told."""
    return _facts(entry, [item.name for item in items_of(Incident) if item.name not in (*SHARED, *_IN_HEADINGS)])


def _facts(entry: Incident, names: list[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        value, item = getattr(entry, name), item_named(Incident, name)
        if value not in (None, "", False):
            yield item.label, ", ".join(names_in(value)) if name in _OF_NAMES else show(item, value)


def pdf(desk: Desk, state: IncidentState, stamp: str = "") -> bytes:
    """The account as it stands, of every pupil who is in it and not struck out. Raises NotAllowed, CannotPrint."""
    from pupil_desk.documents.pdf.page import build_pdf

    desk.require(Action.PRINT_FORM)
    footer = _("Confidential: it names every pupil who was in it")
    return build_pdf(list(_story(desk, state)), title=TITLE, footer=footer, stamp=stamp)


def log_print(desk: Desk, state: IncidentState) -> None:
    """Log that it was printed or saved, of each pupil in it."""
    first, *further_ids = [case.now.pupil_id for case in state.counting]
    with desk.act(Action.PRINT_FORM, "pupil", first, "incident-account") as work:
        for pupil_id in further_ids:
            work.note(Action.PRINT_FORM, "pupil", pupil_id, "incident-account")


def _story(desk: Desk, state: IncidentState) -> Iterator[Block]:
    account = state.account
    yield Heading(1, TITLE)
    when = ", ".join(filter(None, (show_date(account.day), account.time)))
    yield FactList([(_("What it was"), codelist("incident_kind").label_of(account.kind)), (_("When"), when), *account_lines(account)])
    for case in state.counting:
        yield from _own_story(case, state.name(case.now.pupil_id))
    yield Keep(
        [
            Heading(2, _("Signed by hand")),
            Para(_("This is a true account of what happened and of what was done.")),
            ROOM_TO_SIGN,
            dated(_("Signature")),
            WritingLine(_("Name in capitals")),
            Para(_("Printed on {day} at {unit} by {who}.").format(day=show_date(desk.today), unit=desk.settings.name, who=desk.user.name)),
        ]
    )


def _own_story(case: IncidentCase, name: str) -> Iterator[Block]:
    incident = case.now
    part = codelist("incident_part").label_of(incident.part)
    facts = [(_("Part"), part), *own_lines(incident)]
    facts += [(item_named(Incident, lacking).label, _("missing")) for lacking in missing_of(incident)]
    yield Keep([Heading(2, name), FactList(facts)])
    if signed := case.signed:
        when = ", ".join(filter(None, (show_date(signed.on), signed.time)))
        yield Para(_("Signed in the program by {who} on {when}.").format(who=signed.who, when=when))
    else:
        yield Para(_("Not signed in the program as it stands here."))
