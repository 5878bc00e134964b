"""The list of what was withheld from a copy: it stays with the request, and never goes out. And when a copy was written."""

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.papers import access_pack
from pupil_desk.domain.requests.pack import PackBegun
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.packs.content import PAPER, Compiled, Marked, Remaining
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import packs as store


def paper(desk: Desk, made: Compiled) -> bytes:
    """The list as a PDF, for the file of the request. Data officer only."""
    from pupil_desk.documents.pdf.page import build_pdf

    desk.require(Action.COMPILE_PACK, "pupil", made.pack.pupil_id)
    words = _("Copy for the request about {ref}, begun on {day}. Listed on {today} by {user}.")
    made_words = words.format(ref=made.pupil.ref, day=show_date(made.pack.begun_on), today=show_date(desk.today), user=desk.user.name)
    lines = [*(_withheld(made, mark) for mark in made.withheld), *_wholes(made)]
    story = access_pack.withheld_list(lines, [_left(one) for one in made.remaining], made_words)
    return build_pdf(story, title=_("What was withheld from a copy"), footer=desk.settings.name, stamp=guarded(desk, made).stamp)


def guarded(desk: Desk, made: Compiled) -> Guard:
    """Of whom in the list something must be kept from somebody."""
    return guard(desk, {made.pack.pupil_id}, "list of what is withheld")


def printed(desk: Desk, made: Compiled) -> None:
    """Log that the list was printed."""
    with desk.act(Action.COMPILE_PACK, "pupil", made.pack.pupil_id, "list of what is withheld printed"):
        pass


def _withheld(made: Compiled, mark: Marked) -> list[tuple[str, str]]:
    where = f"{made.part(mark.place.section).title}: {mark.label}"
    return [(_("Where"), where), (_("Words"), mark.words), (_("Whose"), mark.who), (_("Why"), codelist("redaction_reason").label_of(mark.reason))]


def _wholes(made: Compiled) -> list[list[tuple[str, str]]]:
    found = []
    for name, said in made.sections.items():
        if said.given:
            continue
        held = next((one.title for one in made.papers if PAPER + one.id == name), None)
        where = held if held is not None else made.part(name).title if name in made.counts else ""
        found.append([(_("Where"), where), (_("Words"), _("All of it")), (_("Whose"), ""), (_("Why"), codelist("exemption").label_of(said.exemption))])
    return found


def _left(one: Remaining) -> list[tuple[str, str]]:
    seen = _("Looked at, and may stand") if one.ticked else _("Not looked at")
    return [(_("Where"), one.where or _("Our own words")), (_("Words"), f"{one.before[-30:]}[{one.words}]{one.after[:30]}"), (_("Ticked"), seen)]


def written(desk: Desk, pack: PackBegun) -> list[tuple[str, str]]:
    """When a copy was written and by whom, the latest first."""
    desk.require(Action.READ_RECORD, "pupil", pack.pupil_id)
    return [(row["at"], row["made_by"]) for row in store.made_from(desk.vault, pack.id)]
