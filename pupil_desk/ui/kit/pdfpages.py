"""The pages of a PDF drawn as pictures, from memory, by pypdfium2. Qt's own PDF module would bring QtNetwork."""

import atexit
from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

POINT = 72.0  # points to the inch


class PdfPages:
    """A PDF that is open for drawing. ``close`` it when it is no longer shown."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._pdf: Any = pypdfium2.PdfDocument(data)
        atexit.register(self.close)  # a page may still show it when the program ends; pypdfium2 would complain
        self.sizes = [QSizeF(*self._pdf.get_page_size(number)) for number in range(len(self._pdf))]

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, number: int, dots_per_inch: float) -> QImage:
        """A page, from 0, as a picture with so many dots to the inch."""
        page = self._pdf[number]
        bitmap = page.render(scale=dots_per_inch / POINT, rev_byteorder=True, prefer_bgrx=True)
        drawn = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888).copy()
        bitmap.close()
        page.close()
        return drawn

    def words(self, number: int) -> str:
        """The text of a page, for a screen reader."""
        page = self._pdf[number]
        text = page.get_textpage()
        words = str(text.get_text_bounded())
        text.close()
        page.close()
        return words

    def close(self) -> None:
        """Let go of it."""
        atexit.unregister(self.close)
        self._pdf.close()
