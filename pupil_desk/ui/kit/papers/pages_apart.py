"""The pages of a paper from outside, drawn as pictures in the child process: the window goes on meanwhile, and a page is white until it is there."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from pupil_desk.basics.words import _
from pupil_desk.documents.reading.page_pictures import MOST_DOTS, POINT, PageFacts, PagePicture, page_picture
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.papers.pdfpages import image_of

_MOST_SHOWN, _MOST_KEPT = 12_000_000, 24_000_000  # dots of one page on the screen, and of all that are kept


class PagesApart(QObject):
    """Stands where ``PdfPages`` stands for a paper of our own. ``drawn`` tells of a page that is there now."""

    drawn = Signal(int)

    def __init__(self, data: bytes, facts: Sequence[PageFacts], jobs: Jobs) -> None:
        super().__init__()
        self._data, self._facts, self._jobs = data, facts, jobs
        self._images: dict[int, tuple[float, QImage]] = {}
        self._asked: set[tuple[int, float]] = set()  # once each: what cannot be drawn is told, and not tried again
        self.sizes = [QSizeF(page.width, page.height) for page in facts]

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, number: int, dots_per_inch: float) -> QImage:
        """A page, from 0: as it was drawn, or as much of it as is there."""
        dpi, image = self._images.get(number, (0.0, None))
        if dpi != dots_per_inch and (number, dots_per_inch) not in self._asked:
            self._asked.add((number, dots_per_inch))
            QTimer.singleShot(0, self, lambda: self._draw(number, dots_per_inch))  # it is asked within a painting
        if image is not None and dpi == dots_per_inch:
            return image
        share = dots_per_inch / POINT
        size = QSize(round(self.sizes[number].width() * share), round(self.sizes[number].height() * share)).boundedTo(QSize(8_000, 8_000))
        if image is not None:
            return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.FastTransformation)
        white = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_RGB16)
        white.fill(Qt.GlobalColor.white)
        return white

    def printed(self, number: int, dots_per_inch: float) -> QImage:
        """A page for a printer, which waits for it."""
        return image_of(page_picture(self._data, number, float(dots_per_inch), MOST_DOTS))

    def _draw(self, number: int, dots_per_inch: float) -> None:
        data = self._data
        if not data:
            return

        def then(picture: PagePicture) -> None:
            if self._data:
                self._keep(number, dots_per_inch, image_of(picture))

        self._jobs.run(self, lambda _job: page_picture(data, number, float(dots_per_inch), _MOST_SHOWN), then, title=_("Drawing the page"))

    def _keep(self, number: int, dots_per_inch: float, image: QImage) -> None:
        self._let_go(number)
        self._images[number] = (dots_per_inch, image)
        while len(self._images) > 1 and sum(kept.width() * kept.height() for _dpi, kept in self._images.values()) > _MOST_KEPT:
            self._let_go(next(iter(self._images)))
        self.drawn.emit(number)

    def _let_go(self, number: int) -> None:
        """Of a picture, which may then be asked for again."""
        if number in self._images:
            self._asked.discard((number, self._images.pop(number)[0]))

    def words(self, number: int) -> str:
        """The text of a page, for a screen reader."""
        return self._facts[number].words

    def close(self) -> None:
        """Let go of it."""
        self._images.clear()
        self._data, self._facts = b"", ()
