"""The receipt of an export on one page, to be signed by who hands the file over and who takes it. It names no pupil.

Of who is left out it gives the number for each reason; the text beside the file has each by our reference.
"""

from collections import Counter

from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block, Columns, FactList, Heading, Keep, Para, Table, WritingLine
from pupil_desk.documents.papers.receipt import Receipt, count_lines, nobody_in_it
from pupil_desk.documents.papers.signing import dated

_FIELDS = 400  # characters; of more, how many there are


def story(r: Receipt) -> list[Block]:
    """The receipt as blocks."""
    return [
        Heading(1, _("Receipt: {title}").format(title=r.title)),
        Para(r.unit, style="lead"),
        FactList([(label, text) for label, text in _facts(r) if text]),
        *_files(r),
        Keep(
            [
                Heading(2, _("Handed over")),
                Para(
                    _("The files above were handed over whole. The password goes another way.")
                    if r.lock
                    else _("The files above were handed over whole.")
                    if r.files
                    else _("No file was made, and none was handed over.")
                ),
                Columns([WritingLine(_("Handed over by")), WritingLine(_("Received by"))]),
                dated(_("Office or service")),
            ]
        ),
    ]


def _facts(r: Receipt) -> list[tuple[str, str]]:
    reasons = Counter(reason for _ref, reason in r.left_out)
    left_out = "\n".join(f"{number}: {reason}" for reason, number in sorted(reasons.items())) or _("nobody on roll")
    fields = ", ".join(r.fields)
    return [
        (_("Made"), _("{moment}, by {who}").format(moment=r.made_at, who=r.made_by)),
        (_("Why"), r.reason),
        (_("For"), r.recipient),
        (_("Purpose"), r.purpose),
        (_("Law"), f"{r.law} ({r.basis})" if r.basis else r.law),
        (_("Follows"), r.spec),
        (_("Covers"), r.covers),
        (_("Judged on"), r.judged_on),
        *(count_lines(r) if r.rows else [(_("Rows"), nobody_in_it(r))]),
        (
            _("Among them"),
            count_of(r.confirmed, _("protected pupil, confirmed by name"), _("protected pupils, confirmed by name")) if r.confirmed else "",
        ),
        (
            _("Fields"),
            fields if len(fields) <= _FIELDS else _("{number} fields, named in the text beside the file").format(number=len(r.fields)),
        ),
        (_("Left out"), left_out),
        (_("Log head"), f"{r.log_head} (Pupil Desk {r.version})"),
    ]


def _files(r: Receipt) -> list[Block]:
    if not r.files:
        return []
    lock = _("Locked, AES-256; the password was shown once and is not kept.") if r.lock else _("Plain, not locked.")
    rows = [(file.name, f"{file.bytes:,}", _in_two(file.sha256)) for file in r.files]
    return [Heading(2, _("Files")), Para(lock), Table("", [_("Name"), _("Bytes"), _("SHA-256")], rows, widths=(4, 1.2, 5))]


def _in_two(digest: str) -> str:
    """A digest in groups of eight, as one compares it with a finger on the line."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
