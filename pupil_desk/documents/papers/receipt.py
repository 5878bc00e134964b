"""The receipt of an export: a page of plain text that lies beside the file and lets a second person check it.

It lies open on the stick, so it names no pupil: those left out stand by the unit's own reference, with a reason from a
closed set of words. Data in, text out.

The receipt of an export on one page, to be signed by who hands the file over and who takes it. It names no pupil.

Of who is left out it gives the number for each reason; the text beside the file has each by our reference.
"""

import re
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block, Columns, FactList, Heading, Keep, Para, Table, WritingLine
from pupil_desk.documents.papers.signing import dated

_NOBODY = _("nobody of those whom it covers")
WIDTH = 100  # characters
LABEL = 14  # characters
_TABLES = 20  # of more it is said how many


@dataclass(frozen=True, slots=True)
class FileMade:
    """A file of an export: its name, with the folder that the export made for it if it did, its size in bytes, its SHA-256 in hex."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is told: of how many pupils, in how many rows, and how many there are in each table by name, where there are several: the unit's own too."""

    pupils: int
    rows: int
    sheets: Sequence[tuple[str, int]] = ()

    def lines(self, levels: str = "") -> list[tuple[str, str]]:
        """Labels and words: the rows, which are as many as pupils, or else the pupils and the rows. ``levels`` is said of the pupils."""
        of_levels = f" ({levels})" if levels else ""
        if not self.rows or (self.pupils == self.rows and not self.sheets):
            return [(_("Rows"), f"{self.rows}{of_levels}")]
        rows = ", ".join(f"{name} {number}" for name, number in self.sheets) or str(self.rows)
        if len(self.sheets) > _TABLES:
            rows = _("{rows} in {tables} tables").format(rows=f"{self.rows:,}", tables=f"{len(self.sheets):,}")
        return [(_("Pupils"), f"{self.pupils}{of_levels}"), (_("Rows"), rows)]

    @property
    def in_short(self) -> str:
        """«3 rows», or «3 pupils, 7 rows» where a pupil has several."""
        rows = count_of(self.rows, _("row"), _("rows"))
        return rows if self.pupils == self.rows else f"{count_of(self.pupils, _('pupil'), _('pupils'))}, {rows}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a receipt says. ``left_out`` holds (our reference, reason); ``levels`` (label, pupils); ``log_head`` is as shown.

    ``lock`` is how the files are locked, a code of «export_lock», «» for plain ones; ``spec`` the specification followed, or «».
    ``pupils`` and ``sheets`` are as ``Counts`` has them. ``fields`` are those in which something was written, ``empty`` the others; ``withheld`` is what was
    kept back of those who go, with of how many pupils. It is kept with the export, to be printed again: an attribute that is added needs a default for those kept before.
    """

    title: str
    unit: str
    made_at: str
    made_by: str
    reason: str
    recipient: str
    law: str
    basis: str
    purpose: str
    spec: str
    covers: str
    judged_on: str
    fields: Sequence[str]
    rows: int
    levels: Sequence[tuple[str, int]]
    confirmed: int
    left_out: Sequence[tuple[str, str]]
    lock: str
    files: Sequence[FileMade]
    log_head: str
    version: str
    pupils: int | None = None
    sheets: Sequence[tuple[str, int]] = ()
    empty: Sequence[str] = ()
    withheld: Sequence[tuple[str, int]] = ()


def receipt_text(receipt: Receipt) -> str:
    """The receipt as text, lines ended by a line feed."""
    return "\n".join(
        [*_head(receipt), "", *_covered_lines(receipt), "", *_left_out(receipt), "", *_files(receipt), "", *_foot(receipt), ""]
    )


def _head(r: Receipt) -> list[str]:
    title = _("Receipt: {title}").format(title=r.title)
    return [
        title,
        "=" * len(title),
        *_line(_("Unit"), r.unit),
        *_line(_("Made"), r.made_at),
        *_line(_("By"), r.made_by),
        *_line(_("Why"), r.reason),
        *_line(_("For"), r.recipient),
        *_line(_("Purpose"), r.purpose),
        *_line(_("Law"), r.law),
        *_line(_("Lawful basis"), r.basis),
        *(_line(_("Follows"), r.spec) if r.spec else []),
    ]


def _covered_lines(r: Receipt) -> list[str]:
    confirmed = count_of(r.confirmed, _("protected pupil, confirmed by name"), _("protected pupils, confirmed by name"))
    return [
        *_line(_("Covers"), r.covers),
        *_line(_("Judged on"), r.judged_on),
        *(line for label, words in count_lines(r) for line in _line(label, words)),
        *(_line(_("Among them"), confirmed) if r.confirmed else []),
        *([] if r.rows else _line("", nobody_in_it(r))),
        *(_line(_("Fields"), "; ".join(r.fields)) if r.fields else []),
        *(_line(_("Left empty"), "; ".join(r.empty)) if r.empty else []),
    ]


def count_lines(r: Receipt) -> list[tuple[str, str]]:
    """How many pupils and rows there are, as labels and words; of a receipt of an older program the rows alone."""
    levels = ", ".join(f"{label.lower()} {number}" for label, number in r.levels)
    return Counts(r.rows if r.pupils is None else r.pupils, r.rows, r.sheets).lines(levels)


def nobody_in_it(r: Receipt) -> str:
    """Why there are no rows: nothing was due, or all whom it covers are left out."""
    return _("Nobody is in it: all whom it covers are left out.") if r.left_out else _("Nothing was due: there are no rows.")


def kept_back_words(withheld: Sequence[tuple[str, int]]) -> str:
    """«of 2 pupils telephone; e-mail; of 1 pupil what restricted notes say»; «» for nothing."""
    by_number: dict[int, list[str]] = {}
    for what, number in withheld:
        by_number.setdefault(number, []).append(what)
    return "; ".join(
        _("of {pupils} {what}").format(pupils=count_of(number, _("pupil"), _("pupils")), what="; ".join(of_them))
        for number, of_them in sorted(by_number.items(), reverse=True)
    )


def _left_out(r: Receipt) -> list[str]:
    kept_back = _line(_("Kept back"), kept_back_words(r.withheld)) if r.withheld else []
    if not r.left_out:
        return _line(_("Left out"), _NOBODY) + kept_back
    lines = _line(_("Left out"), count_of(len(r.left_out), _("pupil, by our reference"), _("pupils, by our reference")))
    return lines + [line for ref, reason in r.left_out for line in _line("", f"{ref}: {reason}")] + kept_back


def _files(r: Receipt) -> list[str]:
    if not r.files:
        return _line(_("Files"), _("none"))
    locked = _("locked, AES-256; the password was shown to be noted") if r.lock else _("plain, not locked")
    lines = _line(_("Files"), locked)
    for file in r.files:
        size = count_of(file.bytes, _("byte"), _("bytes"))
        lines += ["", f"  {file.name}", f"    SHA-256  {file.sha256}", f"    {_('Size'):<7}  {size}"]
    return lines


def _foot(r: Receipt) -> list[str]:
    check = _("To check a file, work out its SHA-256 (Windows: certutil -hashfile FILE SHA256; Linux: sha256sum FILE) and compare.")
    head = _("The log head is the number and the first signs of the unit’s log entry of this export: the same stand in its log.")
    return [
        *_line(_("Log head"), r.log_head),
        *_line(_("Program"), f"Pupil Desk {r.version}"),
        "",
        *textwrap.wrap(check, WIDTH),
        *textwrap.wrap(head, WIDTH),
    ]


def _line(label: str, text: str) -> list[str]:
    """A label and its text, wrapped under itself; line breaks of a typed text are blanks here."""
    plain = " ".join(text.split())
    if len(plain) <= WIDTH - LABEL:  # as most are, of which there may be thousands
        wrapped = [plain]
    else:
        wrapped = textwrap.wrap(plain, WIDTH - LABEL, break_long_words=False, break_on_hyphens=False)
    labels = [f"{label}:" if label else "", *[""] * (len(wrapped) - 1)]
    return [f"{name:<{LABEL}}{part}".rstrip() for name, part in zip(labels, wrapped, strict=True)]


def unwrapped(text: str) -> str:
    """A receipt with each line whole again, for a screen that wraps by itself: a line was ended where its next word had no room."""
    whole: list[str] = []
    last = ""  # as it was before anything was put behind it
    for line in text.splitlines():
        begins = line[:LABEL].isspace() and len(line) > LABEL
        goes_on = begins or (line[:1].isalpha() and last[:1].isalpha() and not _has_label(line) and not _has_label(last))
        if goes_on and last and len(last) + len(line.split()[0]) >= WIDTH:
            whole[-1] += " " + line.strip()
        else:
            whole.append(line)
        last = line
    return "\n".join(whole)


def _has_label(line: str) -> bool:
    return line[:LABEL].rstrip().endswith(":")


_NAMED = re.compile(r"^  ((?:[A-Za-z0-9][A-Za-z0-9._-]*/)*[A-Za-z0-9][A-Za-z0-9._-]*)\n    SHA-256  ([0-9a-f]{64})$", re.MULTILINE)


def is_receipt(text: str) -> bool:
    """Whether a text is a receipt of ours, one that names no file too: it is headed as one, and says the log's head."""
    first, rule, *_lines = [*text.replace("\r\n", "\n").split("\n"), "", ""]
    headed = first.startswith(_("Receipt: {title}").format(title="")) and rule == "=" * len(first)
    return headed and f"\n{_line(_('Log head'), '')[0]}" in text.replace("\r\n", "\n")


def files_named(text: str) -> list[tuple[str, str]]:
    """The files that a receipt names, each with its SHA-256 in hex; never a path that leads out of its folder. One where nothing was due may name none."""
    return _NAMED.findall(text.replace("\r\n", "\n"))


def unit_named(text: str) -> str:
    """The unit that a receipt says it is of; «» if it names none."""
    lines = text.replace("\r\n", "\n").split("\n")
    label = _line(_("Unit"), "")[0]
    start = next((place for place, line in enumerate(lines) if line.startswith(label)), len(lines))
    goes_on = takewhile(lambda line: line.startswith(" " * LABEL), lines[start + 1 :])
    return " ".join(" ".join([*lines[start : start + 1], *goes_on]).removeprefix(label).split())


_FIELDS = 400  # characters; of more, how many there are


def story(r: Receipt, seal: Sequence[tuple[str, str]] = ()) -> list[Block]:
    """``seal`` are the labels and words of what it is sealed with; nothing for one made before receipts were."""
    return [
        Heading(1, _("Receipt: {title}").format(title=r.title)),
        Para(r.unit, style="lead"),
        FactList([(label, text) for label, text in (*_facts(r), *seal) if text]),
        *_file_blocks(r),
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
    left_out = "\n".join(f"{number}: {reason}" for reason, number in sorted(reasons.items())) or _NOBODY
    fields = "; ".join(r.fields)
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
        (_("Kept back"), kept_back_words(r.withheld)),
        (_("Log head"), f"{r.log_head} (Pupil Desk {r.version})"),
    ]


def _file_blocks(r: Receipt) -> list[Block]:
    if not r.files:
        return []
    lock = _("Locked, AES-256; the password was shown to be noted.") if r.lock else _("Plain, not locked.")
    rows = [(file.name, f"{file.bytes:,}", _in_two(file.sha256)) for file in r.files]
    return [Heading(2, _("Files")), Para(lock), Table("", [_("Name"), _("Bytes"), _("SHA-256")], rows, widths=(4, 1.2, 5))]


def _in_two(digest: str) -> str:
    """A digest in groups of eight, as one compares it with a finger on the line."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
