"""The receipt of an export on paper, to sign: from what was kept as it was made, the same whenever it is printed."""

import json
from datetime import date

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.papers import receipt as layout
from pupil_desk.documents.papers.receipt import FileMade, Receipt
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.listing import PastExport, one_made
from pupil_desk.services.receipts.sealed import read
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import frozen


def receipt_paper(desk: Desk, export_id: str) -> bytes:
    """The receipt as a PDF of one page, with lines to sign. It names no pupil. Raises WrongUse for an export there is not."""
    from pupil_desk.documents.pdf.page import build_pdf

    past = one_made(desk, export_id)
    receipt = receipt_of(desk, past)
    title = _("Receipt: {title}").format(title=receipt.title)
    return build_pdf(layout.story(receipt, _seal(past)), title=title, base_size=_SIZE, footer=desk.settings.name)


def _seal(past: PastExport) -> list[tuple[str, str]]:
    """By what the text beside the file is proved: to be compared with the seal that the unit gave."""
    sealed = read(past.receipt.encode())
    if sealed is None:
        return []
    return [(_("Log entry"), f"{sealed.head.seq}: {sealed.head.mac_hex}"), (_("Unit’s seal"), sealed.fingerprint)]


_SIZE = 10  # points: one page, to be signed, not read aloud


def receipt_printed(desk: Desk, export_id: str) -> None:
    """Log that a receipt was printed."""
    desk.log(Action.PRINT_FORM, "export", export_id, "receipt")


def receipt_of(desk: Desk, past: PastExport) -> Receipt:
    """What a receipt says, as data. Of one made by an older program, what the list of exports knows."""
    kept_export = frozen.of_export(desk.vault, past.export_id)
    if kept_export is None:
        return _older(desk, past)
    data = json.loads(kept_export["receipt"])
    data["files"] = [FileMade(**file) for file in data["files"]]
    return Receipt(**data)


def _older(desk: Desk, past: PastExport) -> Receipt:
    made_at = local_time(past.made_at)
    files = past.files or ((FileMade(past.file_name, 0, past.sha256),) if past.file_name else ())
    return Receipt(
        title=past.title,
        unit=f"{desk.settings.name} ({desk.settings.dfe_number})",
        made_at=f"{show_date(made_at.date())}, {made_at:%H:%M}",
        made_by=past.made_by,
        reason=past.reason,
        recipient=past.recipient,
        law=past.law,
        basis=past.basis,
        purpose=past.purpose,
        spec=past.spec,
        covers="",
        judged_on=show_date(date.fromisoformat(past.judged_on)),
        fields=past.fields.split(", "),
        rows=past.rows,
        levels=[],
        confirmed=0,
        left_out=[("", _("see the text of the receipt"))] * past.left_out,
        lock="" if past.plain else past.lock or "zip",
        files=files,
        log_head=_("see the text of the receipt"),
        version="",
    )
