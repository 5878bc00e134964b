"""Who would receive what as a paper: for the head, for a parent who asks, for the file."""

from collections.abc import Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import disclosure_log as layout
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.previewing import Preview, PreviewLine, PupilPreview
from pupil_desk.services.roles import Action

LYING, BASE = layout.LYING, layout.BASE
_BY = {"rule": _("The rule"), "parent": _("A parent"), "pupil": _("The pupil")}


def story(desk: Desk, preview: Preview) -> tuple[list[Block], str]:
    """One export and all its pupils, and the paper's title."""
    export = preview.export
    rows = [_row(line, _("{pupil} ({ref})").format(pupil=line.pupil.full_name, ref=line.pupil.ref)) for line in preview.lines]
    facts = [
        (_("Export"), export.title),
        (_("For"), export.recipient),
        (_("Law"), export.law),
        (_("Covers"), export.covers),
        (_("As of"), preview.ask.judged_on),
        *_print_facts(desk),
    ]
    return layout.preview(_title(), facts, preview.sentence, _("Pupil"), rows), _title()


def story_of_pupil(desk: Desk, pupil: Pupil, previews: Sequence[PupilPreview]) -> tuple[list[Block], str]:
    """One pupil and all recipients, and the paper's title."""
    from pupil_desk.documents.typography.fonts import with_boxes

    rows: list[layout.ReceivesRow] = []
    for preview in previews:
        export = preview.export
        rows += [_row(line, f"{line.recipient or export.recipient}\n{export.title}") for line in preview.lines]
        if not preview.lines:
            empty_row = layout.ReceivesRow(f"{export.recipient}\n{export.title}", _("Nothing"), "", "", "", reason=not_covered(preview))
            rows.append(empty_row)
    facts = [(_("Pupil"), _("{pupil} ({ref})").format(pupil=with_boxes(pupil.legal_name), ref=pupil.ref)), *_print_facts(desk)]
    note = _(
        "What each recipient would get if its export were made on this day. What was told already stands in the list of what was told."
    )
    return layout.preview(_title(), facts, note, _("Recipient, export"), rows), _title()


def log_print(desk: Desk, object_id: str, kind: str) -> None:
    """Log that such a paper was printed: of an export by its name, or of a pupil."""
    desk.log(Action.PREVIEW_SHARING, kind, object_id, "who would receive what, printed")


def not_covered(preview: PupilPreview) -> str:
    """Why a recipient gets nothing of a pupil whom its export does not hold."""
    return _("Not among those whom it covers today: {covers}").format(covers=preview.export.covers)


def level_words(line: PreviewLine) -> str:
    """«Full», «Minimum»; or that the pupil is left out, and whether it is a protection that says so."""
    if line.held_back:
        return _("Left out: protected")
    return codelist("level").label_of(line.level) if line.level else _("Left out")


def by_words(line: PreviewLine) -> str:
    return _BY.get(line.decided_by, line.decided_by)


def goes_words(line: PreviewLine) -> str:
    """What goes, in a sentence."""
    return join_words(line.goes)


def withheld_words(line: PreviewLine) -> str:
    """What is withheld, in a sentence."""
    return join_words(line.kept_back)


def _row(line: PreviewLine, recipient: str) -> layout.ReceivesRow:
    from pupil_desk.documents.typography.fonts import with_boxes

    return layout.ReceivesRow(
        with_boxes(recipient),
        level_words(line),
        by_words(line),
        capital(goes_words(line)),
        capital(withheld_words(line)),
        reason=with_boxes(line.reason),
    )


def _print_facts(desk: Desk) -> list[tuple[str, str]]:
    printed_words = _("{day} by {user}").format(day=show_date(desk.today), user=desk.user.name)
    return [(_("Unit"), desk.settings.name), (_("Printed"), printed_words)]


def _title() -> str:
    return _("Who would receive what")
