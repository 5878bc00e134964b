"""The readers of files from outside that run apart: the child process answers to these, and to nothing else."""

from pupil_desk.documents.files.bound_pdf import bound_pdf
from pupil_desk.documents.files.calendar_file import calendar_events
from pupil_desk.documents.pdf.attachment_pages import _made_pages, _stamped, looked_into
from pupil_desk.documents.reading.page_pictures import page_facts, page_picture
from pupil_desk.documents.reading.paper_content import texts_of_kept
from pupil_desk.documents.reading.portrait import portrait
from pupil_desk.documents.reading.table_file import read_whole
from pupil_desk.documents.reading.xml_tree import elements
from pupil_desk.documents.redaction.placed_words import placed_words
from pupil_desk.documents.scans.scan_files import drawn_pages, page_count

READERS = (
    read_whole,
    elements,
    looked_into,
    _made_pages,
    _stamped,
    texts_of_kept,
    page_facts,
    page_picture,
    page_count,
    drawn_pages,
    calendar_events,
    portrait,
    placed_words,
    bound_pdf,
)
