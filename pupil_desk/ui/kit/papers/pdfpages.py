"""The pages of a PDF drawn as pictures, from memory, by pypdfium2. Qt's own PDF module would bring QtNetwork.

The library bears one caller at a time, and the worker may be reading a paper: each call waits for its turn.
"""

import atexit
import math
from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from pupil_desk.documents.reading.read_back import PDFIUM

POINT = 72.0  # points to the inch
_MOST_DOTS = 50_000_000  # of one page drawn, four bytes each; a larger one is drawn coarser
_KEPT, _MOST_KEPT_DOTS = 4, 5_000_000  # pages drawn last, kept so that scrolling over a scanned page does not unpack it each time


class PdfPages:
    """A PDF that is open for drawing. ``close`` it when it is no longer shown."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._images: dict[int, tuple[float, QImage]] = {}
        with PDFIUM:
            self._pdf: Any = pypdfium2.PdfDocument(data)
            if self._pdf.get_formtype():
                self._pdf.init_forms()  # or what was typed into a form is not drawn; no script is run, the library has none
            self.sizes = [QSizeF(*self._pdf.get_page_size(number)) for number in range(len(self._pdf))]
        atexit.register(self.close)  # a page may still show it when the program ends; pypdfium2 would complain

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, number: int, dots_per_inch: float) -> QImage:
        """A page, from 0, as a picture with so many dots to the inch."""
        cached = self._images.get(number)
        if cached is not None and cached[0] == dots_per_inch:
            return cached[1]
        size = self.sizes[number]
        scale = min(dots_per_inch / POINT, math.sqrt(_MOST_DOTS / max(1.0, size.width() * size.height())))
        with PDFIUM:
            page = self._pdf[number]
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888).copy()
            bitmap.close()
            page.close()
        self._keep(number, dots_per_inch, image)
        return image

    def _keep(self, number: int, dots_per_inch: float, image: QImage) -> None:
        self._images.pop(number, None)
        if image.width() * image.height() <= _MOST_KEPT_DOTS:
            self._images[number] = (dots_per_inch, image)
        while len(self._images) > _KEPT:
            del self._images[next(iter(self._images))]

    def words(self, number: int) -> str:
        """The text of a page, for a screen reader."""
        with PDFIUM:
            page = self._pdf[number]
            text = page.get_textpage()
            words = str(text.get_text_bounded())
            text.close()
            page.close()
        return words

    def close(self) -> None:
        """Let go of it."""
        atexit.unregister(self.close)
        self._images.clear()
        with PDFIUM:
            self._pdf.close()
