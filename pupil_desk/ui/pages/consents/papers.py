"""The list for the leader of a trip: made in memory, and seen before it is printed."""

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, some_of
from pupil_desk.services.consents import leader_list, standings
from pupil_desk.services.guard import guard
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.papers.coded_forms import Show


def leader(owner: QWidget, context: Context, occasion_id: str, show: Show) -> None:
    """The list for the leader: asked about once more where somebody on it is protected."""
    from pupil_desk.documents.pdf.page import build_pdf

    rows = context.attempt(lambda: standings.of_occasion(context.desk, occasion_id))
    story_and_title = context.attempt(lambda: leader_list.paper(context.desk, occasion_id))
    if rows is None or story_and_title is None:
        return
    protected = some_of([row.pupil.full_name for row in rows if row.protected])
    text = _(
        "Something must be kept from somebody: {names}. The list names whom to call and what to know of them. Keep it with the leader, and show it to nobody outside the unit."
    )
    if protected and not context.ask.confirm(_("Someone on this list is protected"), text.format(names=protected), _("Make the list")):
        return
    (story, title), guarded = story_and_title, guard(context.desk, {row.pupil.id for row in rows}, "list for the leader of a trip")
    context.jobs.run(
        owner,
        lambda _job: build_pdf(
            story, title=title, page_size=leader_list.LYING, base_size=leader_list.BASE, stamp=guarded.stamp, box_unprintable=True
        ),
        lambda data: show(title, data, lambda: leader_list.log_printed(context.desk, rows), guarded),
        title=_("Making the list"),
    )
