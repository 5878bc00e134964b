"""The pages of a PDF drawn as pictures, from memory, by pypdfium2. Qt's own PDF module would bring QtNetwork.

The library bears one caller at a time, and the worker may be reading a paper: each call waits for its turn.
"""

import atexit
from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from pupil_desk.documents.reading.page_pictures import PagePicture, drawn, facts_of, opened
from pupil_desk.documents.reading.read_back import PDFIUM

_KEPT, _MOST_KEPT_DOTS = 4, 5_000_000  # pages drawn last, kept so that scrolling over a scanned page does not unpack it each time


def image_of(picture: PagePicture) -> QImage:
    """A page that was drawn, as Qt has it."""
    return QImage(picture.dots, picture.width, picture.height, picture.stride, QImage.Format.Format_RGBX8888).copy()


class PdfPages:
    """A PDF that is open for drawing. ``close`` it when it is no longer shown."""

    def __init__(self, data: bytes) -> None:
        self._images: dict[int, tuple[float, QImage]] = {}
        self._pdf: Any = opened(data)
        with PDFIUM:
            self.sizes = [QSizeF(*self._pdf.get_page_size(number)) for number in range(len(self._pdf))]
        atexit.register(self.close)  # a page may still show it when the program ends; pypdfium2 would complain

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, number: int, dots_per_inch: float) -> QImage:
        """A page, from 0, as a picture with so many dots to the inch."""
        cached = self._images.get(number)
        if cached is not None and cached[0] == dots_per_inch:
            return cached[1]
        image = image_of(drawn(self._pdf, number, dots_per_inch))
        self._keep(number, dots_per_inch, image)
        return image

    def printed(self, number: int, dots_per_inch: float) -> QImage:
        """A page for a printer."""
        return self.picture(number, dots_per_inch)

    def _keep(self, number: int, dots_per_inch: float, image: QImage) -> None:
        self._images.pop(number, None)
        if image.width() * image.height() <= _MOST_KEPT_DOTS:
            self._images[number] = (dots_per_inch, image)
        while len(self._images) > _KEPT:
            del self._images[next(iter(self._images))]

    def words(self, number: int) -> str:
        """The text of a page, for a screen reader."""
        return facts_of(self._pdf, number).words

    def close(self) -> None:
        """Let go of it."""
        atexit.unregister(self.close)
        self._images.clear()
        with PDFIUM:
            self._pdf.close()
