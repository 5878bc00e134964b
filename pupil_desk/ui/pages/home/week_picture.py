"""The attendance of this week as a picture: a bar for each school day, and the same in words for everybody."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, join_words
from pupil_desk.services.home.week import SchoolDay
from pupil_desk.ui.kit.chart import Chart, Point
from pupil_desk.ui.kit.words import card, column_in, label
from pupil_desk.ui.style import tokens

_WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


class WeekPicture(QWidget):
    """Hidden while nothing of this week is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.chart, self.words = Chart(), label("", "muted")
        self.chart.setAccessibleName(_("Attendance this week"))
        frame = card()
        column_in(frame, tokens.S, self.words, self.chart, left=tokens.L, top=tokens.M, right=tokens.L, bottom=tokens.M)
        column_in(self, tokens.S, label(_("Attendance this week"), "subhead"), frame)

    def show_days(self, days: Sequence[SchoolDay]) -> None:
        """Show the days, the last of them as far as it is marked."""
        self.setVisible(bool(days))
        if not days:
            return
        points = [Point(_WEEKDAYS[day.day.weekday()], day.percent, _words(day)) for day in days]
        attended, possible = sum(day.attended for day in days), sum(day.possible for day in days)
        whole = SchoolDay(days[-1].day, possible, attended)
        words = _("{percent} % of the sessions marked up to {day} were attended.").format(percent=whole.percent, day=short_date(whole.day))
        self.words.setText(words)
        told = join_words([_("{day} {words}").format(day=point.label, words=point.words) for point in points])
        self.chart.show_points(
            points, highest=100, is_line=False, name=_("Attendance this week"), description=_("{sum} {days}.").format(sum=words, days=told)
        )


def _words(day: SchoolDay) -> str:
    if day.percent is None:
        return _("not marked yet")
    return _("{percent} % ({attended} of {possible})").format(percent=day.percent, attended=day.attended, possible=day.possible)
