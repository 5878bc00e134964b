"""How a receipt is proved: what is said of one with its files, and the page and the seal for whoever checks without Pupil Desk."""

from collections.abc import Sequence
from pathlib import Path

from pupil_desk.basics.words import _, join_words
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.listing import FileState, PastExport, check_files
from pupil_desk.services.receipts import checking, handing
from pupil_desk.ui.kit.context import Context

type Looked = Sequence[tuple[str, bool]]
"""Lines to show, each with whether all is right."""


def looked(desk: Desk, past: PastExport, folder: Path) -> Looked:
    """What is said of the files of an export in a folder, of its receipt there, and of the receipt that the unit's file keeps."""
    files = [(name, state.words, state is FileState.SAME) for name, state in check_files(past, folder)]
    findings = checking.in_folder(desk, past.receipt, folder)
    receipts = [
        (_("The receipt kept here") if finding.where == checking.RECEIPT else finding.where, finding.message, not finding.serious)
        for finding in findings
    ]
    lines = [(f"{name}: {words.removesuffix('.')}.", is_right) for name, words, is_right in (*files, *receipts)]
    return [*lines, (checking.whose(past.receipt.encode()), True)]


def save_page(context: Context) -> None:
    """Save the page that checks receipts, and the unit's seal, to a folder."""
    text = _(
        "Whoever gets your files can then check, without Pupil Desk and without the internet, that a receipt is yours and that a file is the very "
        "file. Give both to them once, beforehand and by another way than the stick with the export: a forger could bring a page and a seal of "
        "his own. Neither is secret."
    )
    if not context.ask.confirm(_("Save the checking page and the unit’s seal?"), text, _("Choose the folder…")):
        return
    folder = context.ask.folder(_("The folder to save them to"))
    if folder is None:
        return
    handout = context.attempt(lambda: handing.hand_out(context.desk, folder))
    if handout is not None:
        words = _("Saved: {names}. The seal of today, to be read out by telephone: {groups}.")
        context.banner.success(words.format(names=join_words([file.name for file in handout.files]), groups=handout.fingerprint))
