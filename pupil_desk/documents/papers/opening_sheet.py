"""The sheet that goes with a locked file: how whoever receives it opens it, in three steps. It names no pupil and bears no password."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, FactList, Heading, NoticeBox, Para, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What the sheet says, in words. ``lock`` is «zip», «xlsx» or «pdf»; ``ring`` is whom to ring; ``contents`` the kind of file under the lock."""

    unit: str
    recipient: str
    title: str
    made_on: str
    files: Sequence[str]
    lock: str
    contents: str
    ring: str


def story(opening: Opening) -> list[Block]:
    """The sheet as blocks; one page."""
    return [
        Heading(1, _("How to open this file")),
        FactList(
            [
                (_("From"), opening.unit),
                (_("For"), opening.recipient),
                (_("What it is"), opening.title),
                (_("Made on"), opening.made_on),
                (_("File") if len(opening.files) == 1 else _("Files"), Run("\n".join(opening.files), exact=True)),
            ]
        ),
        Heading(2, _("Three steps")),
        FactList(
            [
                (_("Step {number}").format(number=number), words)
                for number, words in enumerate(steps(opening.lock, opening.contents), start=1)
            ]
        ),
        NoticeBox(
            [
                Para(
                    _(
                        "The password is not on this sheet and not on the stick. Ask for it: {ring}. We ring back on the number that we have of you, and tell it to nobody else."
                    ).format(ring=opening.ring)
                )
            ]
        ),
        Heading(2, _("If it does not open")),
        Bullets(_hints(opening.lock)),
        Heading(2, _("When you have it")),
        Bullets(
            [
                _("Tell us that it has come and opens. Then we delete our copy from the stick."),
                _("Compare the file’s SHA-256 with the receipt beside it if you want to be sure that nothing was changed."),
                _("It holds personal data about children: keep it where only those may read it who need it."),
            ]
        ),
    ]


def steps(lock: str, contents: str) -> tuple[str, str, str]:
    """The three steps for a lock."""
    if lock == "xlsx":
        return (
            _("Copy the file from the stick to your PC."),
            _("Open it with Excel 2010 or later, or with LibreOffice. A double click will do."),
            _("Type the password that you were told, with its hyphens and without capitals."),
        )
    if lock == "pdf":
        return (
            _("Copy the file from the stick to your PC."),
            _("Open it with any reader of PDF files, such as Edge or Acrobat Reader. A double click will do."),
            _("Type the password that you were told, with its hyphens and without capitals."),
        )
    return (
        _(
            "Copy the file from the stick to your PC. Click it with the right mouse button, and choose 7-Zip, then “Extract here”; or open it with WinZip."
        ),
        _("Type the password that you were told, with its hyphens and without capitals. You now have the file data.zip."),
        _(
            "Open data.zip with a double click. In it lies what was sent: {inside}. It is a ZIP within a ZIP so that nobody without the password can read even the names of the files."
        ).format(inside=contents),
    )


def _hints(lock: str) -> list[str]:
    type_again = _("Type the password again, slowly. Only small letters and hyphens are in it, and no blank before or after.")
    if lock == "zip":
        return [
            _(
                "Windows’ own window for folders cannot open this kind of ZIP. It shows an error, such as 0x80004005, although the file is whole. Use 7-Zip or WinZip."
            ),
            type_again,
        ]
    return [_("A preview, a telephone or a web page may not be able to open it. Use the program on a PC."), type_again]
