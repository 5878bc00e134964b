"""The copy that answers a request, tried on the training unit: written, opened with its words and with no others, and read back."""

import json

from pupil_desk.basics.words import _, count_of
from pupil_desk.services.progress import unwatched
from pupil_desk.services.selftest.check import Bench, Failed

_WRONG = "not the words that open it"


def copy_of_record(bench: Bench) -> str:
    """Both files open with the words that were shown, and not with others; the data has the sections that the paper counts."""
    from pupil_desk.documents.files.locked_pdf import unlocked_pdf
    from pupil_desk.documents.files.locked_zip import unlocked
    from pupil_desk.documents.reading.read_back import read_pdf
    from pupil_desk.services.demo.requests import write_copy
    from pupil_desk.services.packs.writing import DATA

    written_copy = write_copy(bench.desk, bench.folder, unwatched).written
    paper, data = ((bench.folder / file.name).read_bytes() for file in written_copy.files[:2])
    try:
        unlocked_pdf(paper, _WRONG)
    except PermissionError:
        read = read_pdf(unlocked_pdf(paper, written_copy.password))
    else:
        raise Failed(_("the copy opens with the wrong words"))
    if not read.tagged or not read.text:
        raise Failed(_("the copy does not read back"))
    content = json.loads(unlocked(data, written_copy.password)[DATA])
    if {section["name"]: section["number"] for section in content["sections"]} != written_copy.sections:
        raise Failed(_("the data of the copy does not read back"))
    return _("{pages} and {sections}, opened with its words alone").format(
        pages=count_of(read.pages, _("page"), _("pages")), sections=count_of(len(written_copy.sections), _("section"), _("sections"))
    )
