"""A file that is not kept as a paper, and what to do instead, in words."""

from pupil_desk.basics.apart.failure import Failure, ReaderFailed
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.papers.attachment import MEGA, MOST_BYTES, MOST_DOTS, MOST_PAGES, MOST_TEXT, size_words


class NotKept(WrongUse):
    """A file that is not kept. ``code`` says why, for tests and reports."""

    def __init__(self, code: str) -> None:
        super().__init__(_REFUSALS[code])
        self.code = code

    @classmethod
    def by(cls, failed: ReaderFailed) -> "NotKept":
        """For a file that no reader could read."""
        return cls(failed.failure)


_REFUSALS = {
    **{failure.value: failure.words for failure in Failure},
    "empty": _("The file is empty. Choose another one."),
    "too_large": _(
        "The file is larger than {most}, the most that is kept of one paper. Scan it in grey at 200 dots to the inch, or save it in two parts."
    ).format(most=size_words(MOST_BYTES)),
    "text_too_long": _("The text is longer than {most}. Save it as PDF, and add the PDF.").format(most=size_words(MOST_TEXT)),
    "cut_short": _("The file is cut short: its end is missing. Copy, scan or save it again."),
    "two_kinds": _(
        "The file is two kinds of file in one, and one of them is hidden. It is not kept. Print or scan the paper, and add that."
    ),
    "bomb": _("The file unfolds to far more than a paper holds. It is not kept. Scan the paper, and add that."),
    "too_much_to_draw": _("The PDF would take too long to draw, as no paper does. It is not kept. Print or scan the paper, and add that."),
    "not_at_start": _("The file is a PDF with something else before it. Open it, save it as PDF again, and add that."),
    "program": _("This is a program, whatever its name says. It is not kept."),
    "office": _("This is a Word, Excel or similar document. It cannot be shown here. Open it, save it as PDF, and add the PDF."),
    "archive": _("This is an archive of several files. Unpack it, and add the papers one by one."),
    "picture": _("This kind of picture cannot be shown here. Save it as JPEG, PNG or PDF, and add that."),
    "film": _("This is a film or a sound. Only papers and pictures are kept here."),
    "web_page": _("This is a web page or a data file. Open it, print it as PDF, and add the PDF."),
    "unknown": _("What this file is could not be told from its content. PDF, JPEG, PNG and plain text are kept."),
    "no_photograph": _("A photograph is a picture. Save it as JPEG or PNG, and add that."),
    "bad_picture": _(
        "The picture is damaged, or of a kind that cannot be shown here. Open it, save it again as JPEG or PNG, and add that."
    ),
    "too_many_dots": _("The picture has more than {most} million dots. Make it smaller, and add that.").format(most=MOST_DOTS // MEGA),
    "bad_pdf": _("The PDF is damaged and cannot be opened. Save or scan it again."),
    "password": _("The PDF opens only with a password. Open it, print it as PDF without one, and add that."),
    "adobe_form": _("The PDF is a form that only Adobe’s program can show. Open it there, print it as PDF, and add that."),
    "files_inside": _("The PDF carries other files inside, which would not be seen here. Save each as a PDF of its own, and add those."),
    "too_many_pages": _("The PDF has more than {most} pages. Save it in parts, and add each.").format(most=MOST_PAGES),
    "no_pages": _("The PDF has no pages."),
    "no_letters": _("The text has signs that cannot be shown here. Save it as PDF, and add the PDF."),
}
"""What is said of a file that is not kept, and what to do instead."""
