"""The papers of the page: forms for families, and the list for the leader of a trip. Made in memory, and seen before they are printed."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, count_of, listed
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupil import Pupil
from pupil_desk.services.consents import asking, leader_list, standings
from pupil_desk.services.consents.asking import ConsentPaper, Subject
from pupil_desk.services.households import LeftOut
from pupil_desk.services.paper_forms.kind import Variant
from pupil_desk.ui.kit.context import Context

type Show = Callable[[str, bytes, Callable[[], object]], None]
"""Title, PDF, and what is done once it was printed."""

_MOST_NAMED = 4


def forms(owner: QWidget, context: Context, wanted: Sequence[tuple[Subject, Sequence[Pupil]]], show: Show, variant: Variant) -> None:
    """The forms of these subjects for these pupils, in one print; who gets none is said."""
    from pupil_desk.documents.page import Document, Look, build_print_file

    made: list[ConsentPaper] = []
    left_out: list[LeftOut] = []
    for subject, people in wanted:
        found = context.attempt(lambda subject=subject, people=people: asking.papers(context.desk, subject, people, easy=variant is Variant.EASY))  # type: ignore[misc]
        if found is None:
            return
        made += found[0]
        left_out += found[1]
    if not made:
        context.banner.note(_none(left_out))
        return
    documents: list[Document] = [Document(paper.story, paper.title, look=Look(variant.value)) for paper in made]
    words = _("{forms} for {pupils}").format(
        forms=count_of(len(made), _("form"), _("forms")), pupils=count_of(len({paper.letter.pupil.id for paper in made}), _("pupil"), _("pupils"))
    )
    if left_out:
        context.banner.note(_("Some get no form: {who}.").format(who=_who(left_out)))

    def printed() -> Changed:
        changed = asking.printed(context.desk, made)
        context.news.tell(changed)
        return changed

    context.jobs.run(owner, lambda _job: build_print_file(documents, title=made[0].title), lambda data: show(words, data, printed), title=_("Making the forms"))


def _none(left_out: Sequence[LeftOut]) -> str:
    if not left_out:
        return _("Nobody is left to ask: there is no form to print.")
    return _("No form can be printed: {who}.").format(who=_who(left_out))


def _who(left_out: Sequence[LeftOut]) -> str:
    named = [_("{who} {why}").format(who=one.who or one.pupil.full_name, why=one.why) for one in left_out[:_MOST_NAMED]]
    more = len(left_out) - _MOST_NAMED
    return listed([*named, *([_("{number} more").format(number=more)] if more > 0 else [])])


def leader(owner: QWidget, context: Context, occasion_id: str, show: Show) -> None:
    """The list for the leader: asked about once more where somebody on it is protected."""
    from pupil_desk.documents.page import build_pdf

    rows = context.attempt(lambda: standings.of_occasion(context.desk, occasion_id))
    made = context.attempt(lambda: leader_list.paper(context.desk, occasion_id))
    if rows is None or made is None:
        return
    text = _("It names whom to call and what to know of them. Keep it with the leader, and show it to nobody outside the unit.")
    if any(row.protected for row in rows) and not context.ask.confirm(_("Someone on this list is protected"), text, _("Make the list")):
        return
    story, title = made
    context.jobs.run(
        owner, lambda _job: build_pdf(story, title=title, page_size=leader_list.LYING, base_size=leader_list.BASE),
        lambda data: show(title, data, lambda: leader_list.printed(context.desk, rows)), title=_("Making the list"),
    )  # fmt: skip
