"""Days on which a unit works, for what is invented: nobody meets, teaches or writes at a weekend, or between Christmas and New Year."""

from datetime import date, timedelta

_SATURDAY = 5
_CHRISTMAS, _NEW_YEAR = (12, 21), (1, 4)  # the first day off, and the first day on again


def weekday(day: date) -> date:
    """That day, or the last one before it that is no day of a weekend or of Christmas."""
    month_day = (day.month, day.day)
    if month_day >= _CHRISTMAS or month_day < _NEW_YEAR:
        day = date(day.year - (month_day < _NEW_YEAR), *_CHRISTMAS) - timedelta(days=1)
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))
