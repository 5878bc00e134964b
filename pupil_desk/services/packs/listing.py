"""The list of what was withheld from a copy: it stays with the request, and never goes out. And when a copy was written."""

from collections.abc import Iterator

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.papers import access_pack
from pupil_desk.domain.requests.pack import PAPER, PackBegun, PlaceVerdict
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.packs import people
from pupil_desk.services.packs.content import Compiled, MarkedPlace, Remaining
from pupil_desk.services.packs.deciding import usual_reason_for
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import packs as store


def paper(desk: Desk, copy: Compiled) -> bytes:
    """The list as a PDF, for the file of the request. Data officer only."""
    from pupil_desk.documents.pdf.page import build_pdf

    desk.require(Action.COMPILE_PACK, "pupil", copy.pack.pupil_id)
    words = _("Copy for the request about {ref}, begun on {day}. Listed on {today} by {user}.")
    made_words = words.format(ref=copy.pupil.ref, day=show_date(copy.pack.begun_on), today=show_date(desk.today), user=desk.user.name)
    lines = [*(_withheld(copy, mark) for mark in copy.withheld), *_boxes(copy), *_wholes(copy), *_records_out(copy)]
    story = access_pack.withheld_list(lines, [_left(remaining) for remaining in copy.remaining], made_words)
    return build_pdf(story, title=_("What was withheld from a copy"), footer=desk.settings.name, stamp=guarded(desk, copy).stamp)


def guarded(desk: Desk, copy: Compiled) -> Guard:
    """Of whom in the list something must be kept from somebody."""
    return guard(desk, {copy.pack.pupil_id}, "list of what is withheld")


def log_print(desk: Desk, copy: Compiled) -> None:
    """Log that the list was printed."""
    desk.log(Action.COMPILE_PACK, "pupil", copy.pack.pupil_id, "list of what is withheld printed")


def _withheld(copy: Compiled, mark: MarkedPlace) -> list[tuple[str, str]]:
    where = f"{copy.part(mark.place.section).title}: {mark.label}"
    return [
        (_("Where"), where),
        (_("Words"), mark.words),
        (_("Whose"), mark.who),
        (_("Why"), codelist("redaction_reason").label_of(mark.reason)),
    ]


def _boxes(copy: Compiled) -> Iterator[list[tuple[str, str]]]:
    for kept_paper in copy.papers:
        for box in kept_paper.boxes if kept_paper.given else ():
            yield [
                (_("Where"), _("{title}, page {page}").format(title=kept_paper.title, page=box.page)),
                (_("Words"), _("What is beneath a box")),
                (_("Whose"), people.rules()[box.whose].label),
                (_("Why"), codelist("redaction_reason").label_of(box.reason)),
            ]


def _wholes(copy: Compiled) -> Iterator[list[tuple[str, str]]]:
    for name, section in copy.sections.items():
        if section.given:
            continue
        title = next((kept_paper.title for kept_paper in copy.papers if PAPER + kept_paper.id == name), None)
        where = title if title is not None else copy.part(name).title if name in copy.counts else ""
        yield [
            (_("Where"), where),
            (_("Words"), _("All of it")),
            (_("Whose"), ""),
            (_("Why"), codelist("exemption").label_of(section.exemption)),
        ]


def _records_out(copy: Compiled) -> Iterator[list[tuple[str, str]]]:
    reason = codelist("redaction_reason").label_of(usual_reason_for(people.KEPT_FROM_FAMILY, PlaceVerdict.WITHHOLD))
    for record in copy.records_out:
        yield [(_("Where"), record.where), (_("Words"), _("All of it")), (_("Whose"), record.sort_words), (_("Why"), reason)]


def _left(remaining: Remaining) -> list[tuple[str, str]]:
    state = _("Looked at, and may stand") if remaining.ticked else _("Not looked at")
    return [
        (_("Where"), remaining.where or _("Our own words")),
        (_("Words"), f"{remaining.before[-30:]}[{remaining.words}]{remaining.after[:30]}"),
        (_("Ticked"), state),
    ]


def written_copies(desk: Desk, pack: PackBegun) -> list[tuple[str, str]]:
    """When a copy was written and by whom, the latest first."""
    desk.require(Action.READ_RECORD, "pupil", pack.pupil_id)
    return [(row["at"], row["made_by"]) for row in store.made_from(desk.vault, pack.id)]
