"""The words that a kept paper carries with it, page by page: a scan without a layer of text carries none."""

from pupil_desk.documents.reading.paper_content import Media, text_of
from pupil_desk.documents.reading.pdfium import PDFIUM

_LEAST_READ = 20  # letters on a page from which on it counts as read


def texts_of_paper(media: Media, data: bytes) -> tuple[str, ...]:
    """A text for each page of a PDF; one of a plain text; none of a picture. Raises ValueError for a PDF that does not open."""
    if media is Media.TEXT:
        return (text_of(data),)
    if media is not Media.PDF:
        return ()
    import pypdfium2

    with PDFIUM:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise ValueError(str(error)) from error
        try:
            texts = []
            for number in range(len(pdf)):
                page = pdf[number]
                words = page.get_textpage()
                texts.append(str(words.get_text_range()))
                words.close()
                page.close()
            return tuple(texts)
        finally:
            pdf.close()


def can_be_read(pages: tuple[str, ...]) -> bool:
    """Whether every page has words on it: a page without any may be a picture of a page, in which nothing is found."""
    return bool(pages) and all(sum(letter.isalnum() for letter in page) >= _LEAST_READ for page in pages)
