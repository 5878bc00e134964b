"""The dates of the review of an EHC plan equal a table worked out by hand from the regulations.

Each line was worked out with a calendar, not with the program: two weeks are the same weekday two weeks on, and so are four, eight and twelve.
The law, and how sure we are of each number: ``resources/plans/annual_review.toml``.
"""

from dataclasses import dataclass
from datetime import date

import pytest

from pupil_desk.domain.plans.annual_review import annual_review, cycles_of, months_on, steps_to_come
from pupil_desk.domain.plans.kinds import plan_kinds
from pupil_desk.domain.plans.plan import TO_INVITEES, PlanStep, PupilPlan


def day(text: str) -> date:
    """«9 Jan 2027»."""
    number, month, year = text.split()
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return date(int(year), months.index(month) + 1, int(number))


@dataclass(frozen=True)
class ByHand:
    """What is on file, and what the regulations make of it: only what the line is about."""

    why: str
    made: str
    reviewed: str = ""
    steps: str = ""  # «kind day; kind day», a decision with what it was
    move: str = ""  # «kind day»
    year: str = "9"
    today: str = "30 Nov 2026"
    expect: str = ""  # «name day; name day»


# 2026: 1 Jan is a Thursday, 1 Mar a Sunday, 1 Sep a Tuesday, 30 Nov a Monday. 2027: 1 Jan is a Friday, 31 Mar a Wednesday. 2028 is a leap year.
TABLE = (
    # section 44(1): the period of 12 months starting with the day of the plan ends on the day before that day comes round again
    ByHand("made on 10 January: the period ends on 9 January", "10 Jan 2026", expect="complete_by 9 Jan 2027"),
    ByHand("made on 1 January: it ends with the year", "1 Jan 2026", expect="complete_by 31 Dec 2026"),
    ByHand("made on 1 March, no leap day before it comes round", "1 Mar 2026", expect="complete_by 28 Feb 2027"),
    ByHand("made on 1 March, and February 2028 has 29 days", "1 Mar 2027", today="1 Jun 2027", expect="complete_by 29 Feb 2028"),
    ByHand("made on a leap day: 2025 has none, so February is its end", "29 Feb 2024", expect="complete_by 28 Feb 2025"),
    ByHand("made on the last day of a month", "31 Aug 2026", expect="complete_by 30 Aug 2027"),
    ByHand("reviewed elsewhere, concluded 5 May: that counts, not the making", "10 Jan 2024", "5 May 2026", expect="complete_by 4 May 2027"),
    ByHand("reviewed elsewhere on a 1 April", "10 Jan 2024", "1 Apr 2026", expect="complete_by 31 Mar 2027"),
    # a decision has up to four weeks from the meeting (regulation 20(10)): the meeting is at the latest four weeks before the end
    ByHand("9 January less 28 days: 12 December", "10 Jan 2026", expect="meeting_by 12 Dec 2026"),
    ByHand("31 December less 28 days: 3 December", "1 Jan 2026", expect="meeting_by 3 Dec 2026"),
    ByHand("28 February less 28 days: 31 January", "1 Mar 2026", expect="meeting_by 31 Jan 2027"),
    ByHand("4 May less 28 days: April has 30, so 6 April", "10 Jan 2024", "5 May 2026", expect="meeting_by 6 Apr 2027"),
    # regulation 20(3) and (4): two weeks' notice, and the advice sent round two weeks before
    ByHand("no meeting yet: two weeks before its last day, 12 December", "10 Jan 2026", expect="invite_by 28 Nov 2026; advice_by 28 Nov 2026"),
    ByHand("meeting on Thursday 14 January: Thursday 31 December", "1 Mar 2026", steps="meeting 14 Jan 2027", expect="invite_by 31 Dec 2026; advice_by 31 Dec 2026"),
    ByHand("meeting on 1 March 2027: 15 February, as February has 28 days", "1 May 2026", steps="meeting 1 Mar 2027", expect="invite_by 15 Feb 2027"),
    ByHand("meeting on 1 March 2028: 16 February, as February has 29", "1 May 2027", today="1 Jan 2028", steps="meeting 1 Mar 2028", expect="invite_by 16 Feb 2028"),
    ByHand("put off from 14 to 21 January: invited a week later", "1 Mar 2026", steps="meeting 14 Jan 2027; meeting 21 Jan 2027", expect="invite_by 7 Jan 2027"),
    # regulation 20(7): the report within two weeks; regulation 20(10): the decision within four weeks of the meeting
    ByHand("held on Monday 2 November: 16 and 30 November", "1 Mar 2026", steps="reviewed 2 Nov 2026", expect="report_by 16 Nov 2026; decision_by 30 Nov 2026"),
    ByHand("held on Thursday 17 December: 31 December, 14 January", "1 Mar 2026", today="18 Dec 2026", steps="reviewed 17 Dec 2026", expect="report_by 31 Dec 2026; decision_by 14 Jan 2027"),
    ByHand("no day is moved for Christmas: 11 December makes 25 December", "1 Mar 2026", today="12 Dec 2026", steps="reviewed 11 Dec 2026", expect="report_by 25 Dec 2026; decision_by 8 Jan 2027"),
    ByHand("held two weeks before the end: the decision has no four weeks left", "10 Dec 2025", steps="reviewed 25 Nov 2026", expect="decision_by 9 Dec 2026"),
    ByHand("held after the end: the decision is late at once", "1 Nov 2025", steps="reviewed 9 Nov 2026", expect="complete_by 31 Oct 2026; decision_by 31 Oct 2026"),
    ByHand("set for a day to come: counted from that day", "1 Mar 2026", steps="meeting 7 Jan 2027", expect="report_by 21 Jan 2027; decision_by 4 Feb 2027"),
    ByHand("held on another day than was set: the day it was held", "1 Mar 2026", steps="meeting 2 Nov 2026; reviewed 4 Nov 2026", expect="report_by 18 Nov 2026; decision_by 2 Dec 2026"),
    # regulation 22(2)(c): 15 days that begin with the day of service; 22(3): 8 weeks from the notice; L v Devon: 12 weeks from the meeting
    ByHand("held 2 November: twelve weeks on is Monday 25 January", "1 Mar 2026", steps="reviewed 2 Nov 2026; decision amend 30 Nov 2026", expect="final_by 25 Jan 2027"),
    ByHand("notice on 16 November, two weeks after the meeting: eight weeks from it is 11 January", "1 Mar 2026", steps="reviewed 2 Nov 2026; decision amend 16 Nov 2026; amendment 16 Nov 2026", expect="comments_by 30 Nov 2026; final_by 11 Jan 2027"),
    ByHand("came to us after the decision: eight weeks from the notice of 5 November are 31 December", "1 Mar 2025", steps="decision amend 1 Nov 2026; amendment 5 Nov 2026", expect="final_by 31 Dec 2026"),
    ByHand("notice on the last day, 30 November: both come to 25 January", "1 Mar 2026", steps="reviewed 2 Nov 2026; decision amend 30 Nov 2026; amendment 30 Nov 2026", expect="comments_by 14 Dec 2026; final_by 25 Jan 2027"),
    ByHand("notice late, on 14 December: twelve weeks from the meeting still hold", "1 Mar 2026", today="20 Dec 2026", steps="reviewed 2 Nov 2026; decision amend 30 Nov 2026; amendment 14 Dec 2026", expect="comments_by 28 Dec 2026; final_by 25 Jan 2027"),
    ByHand("kept as it is on 23 November: nothing final is owed, and the year counts from the decision", "1 Mar 2026", steps="reviewed 2 Nov 2026; decision keep 23 Nov 2026", expect="final_by none; complete_by 22 Nov 2027; meeting_by 25 Oct 2027"),
    ByHand("amended, final plan on 11 January: the year still counts from the decision", "1 Mar 2026", today="1 Feb 2027", steps="reviewed 2 Nov 2026; decision amend 23 Nov 2026; amendment 23 Nov 2026; final 11 Jan 2027", expect="complete_by 22 Nov 2027; report_by none"),
    ByHand("a second review begun before the first was decided: the first counts from its meeting", "1 Mar 2025", today="1 Dec 2026", steps="reviewed 2 Feb 2026; meeting 7 Jan 2027", expect="complete_by 1 Feb 2027; invite_by 24 Dec 2026"),
    # regulation 18(1)(a): secondary to post-16 before 31 March: the last day is 30 March; twelve weeks before it is 5 January
    ByHand("Year 11: secondary school ends in summer 2027", "1 Sep 2026", year="11", expect="complete_by 30 Mar 2027; meeting_by 5 Jan 2027"),
    ByHand("Year 11, meeting on 10 December: 24 December, 7 January; and 4 March, twelve weeks on", "1 Sep 2026", year="11", today="11 Dec 2026", steps="reviewed 10 Dec 2026", expect="report_by 24 Dec 2026; decision_by 7 Jan 2027; final_by 4 Mar 2027"),
    ByHand("Year 11, meeting on 20 January: twelve weeks would be 14 April, and it must be amended before 31 March", "1 Sep 2026", year="11", today="21 Jan 2027", steps="reviewed 20 Jan 2027; decision amend 3 Feb 2027", expect="final_by 30 Mar 2027"),
    ByHand("Year 11, and the year ends sooner than the move asks", "10 Jan 2026", year="11", expect="complete_by 9 Jan 2027; meeting_by 12 Dec 2026"),
    ByHand("Year 11, reviewed in October for the move: nothing sooner is asked", "1 Sep 2025", "19 Oct 2026", year="11", expect="complete_by 18 Oct 2027"),
    # regulation 18(1)(b): any other phase before 15 February: the last day is 14 February; twelve weeks before it is 22 November
    ByHand("Year 6: primary school ends in summer 2027", "1 Sep 2026", year="6", expect="complete_by 14 Feb 2027; meeting_by 22 Nov 2026"),
    ByHand("a move from infant to junior school that is entered", "1 Sep 2027", year="2", today="1 Nov 2027", move="phase 1 Sep 2028", expect="complete_by 14 Feb 2028; meeting_by 22 Nov 2027"),
    # regulation 18(2): between post-16 institutions at least five months before
    ByHand("a move on 1 September: five months before is 1 April", "1 Oct 2026", year="12", move="between-post-16 1 Sep 2027", expect="complete_by 1 Apr 2027; meeting_by 7 Jan 2027"),
    ByHand("a move on 31 July: February has no 31st, so its last day", "1 Oct 2026", year="13", move="between-post-16 31 Jul 2027", expect="complete_by 28 Feb 2027"),
    ByHand("a move more than 12 months away asks for nothing yet", "1 Sep 2026", year="12", move="between-post-16 1 Jan 2028", expect="complete_by 31 Aug 2027"),
    ByHand("Year 10: nothing but the year", "1 Sep 2026", year="10", expect="complete_by 31 Aug 2027; meeting_by 3 Aug 2027"),
)  # fmt: skip


def _steps(text: str) -> list[PlanStep]:
    steps = []
    for number, words in enumerate(filter(None, text.split("; "))):
        kind, *rest = words.split()
        kind, _with, invitee = kind.partition(":")
        if kind in TO_INVITEES and not invitee:  # with each of them
            each = plan_kinds()["ehc"].invitees
            steps += [PlanStep(id=f"{number}-{one}", kind=kind, on=day(" ".join(rest)), invitee=one) for one in each]
            continue
        outcome = rest.pop(0) if kind == "decision" else None
        steps.append(PlanStep(id=str(number), kind=kind, on=day(" ".join(rest)), outcome=outcome, invitee=invitee or None))
    return steps


def _plan(line: ByHand) -> PupilPlan:
    kind, _blank, on = line.move.partition(" ")
    return PupilPlan(
        kind="ehc",
        made_on=day(line.made),
        reviewed_on=day(line.reviewed) if line.reviewed else None,
        transfer=kind or None,
        transfer_on=day(on) if on else None,
    )


def test_the_table_has_forty_lines() -> None:
    assert len(TABLE) >= 40


@pytest.mark.parametrize("line", TABLE, ids=[line.why for line in TABLE])
def test_the_dates_equal_the_table(line: ByHand) -> None:
    review = annual_review(_plan(line), _steps(line.steps), line.year, day(line.today))
    expected = {
        name: None if text == "none" else day(text) for name, _blank, text in (part.partition(" ") for part in line.expect.split("; "))
    }
    assert {name: getattr(review, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("steps", "to_come"),
    [
        ("", "meeting, reviewed"),
        ("decision amend 1 Nov 2026", "amendment"),
        ("decision amend 1 Nov 2026; amendment 5 Nov 2026", "final"),
        ("meeting 14 Jan 2027", "invited, advice-asked, advice, reviewed"),
        ("meeting 14 Jan 2027; invited 1 Dec 2026", "advice-asked, advice, reviewed"),
        ("meeting 14 Jan 2027; invited:parent 1 Dec 2026", "invited (4), advice-asked, advice, reviewed"),
        ("meeting 14 Jan 2027; invited 1 Dec 2026; advice-asked 1 Dec 2026; advice:health 2 Dec 2026", "advice (4), reviewed"),
        ("meeting 14 Jan 2027; invited 1 Dec 2026; meeting 21 Jan 2027", "invited, advice-asked, advice, reviewed"),
        ("reviewed 2 Nov 2026; report:parent 9 Nov 2026", "report (4), decision"),
        ("reviewed 2 Nov 2026; report:parent 9 Nov 2026; decision keep 23 Nov 2026; report:health 24 Nov 2026", "meeting, reviewed"),
        ("meeting 2 Nov 2026; reviewed 2 Nov 2026", "report, decision"),
        ("reviewed 2 Nov 2026; report 9 Nov 2026; decision amend 23 Nov 2026", "amendment, final"),
        ("reviewed 2 Nov 2026; report 9 Nov 2026; decision amend 23 Nov 2026; amendment 23 Nov 2026", "final"),
        ("reviewed 2 Nov 2026; report 9 Nov 2026; decision keep 23 Nov 2026", "meeting, reviewed"),
        ("meeting 2 Nov 2026; reviewed 2 Nov 2026; invited 12 Oct 2026", "report, decision"),  # entered late
        ("meeting 2 Nov 2026; decision keep 23 Nov 2026; reviewed 3 Nov 2026", "meeting, reviewed"),  # its day was put right
        ("decision keep 3 Nov 2025; meeting 14 Jan 2027; invited 6 Oct 2025", "invited, advice-asked, advice, reviewed"),
    ],
)
def test_what_comes_next_follows_what_is_on_file(steps: str, to_come: str) -> None:
    plan, on_file = PupilPlan(kind="ehc", made_on=date(2026, 3, 1)), _steps(steps)
    review = annual_review(plan, on_file, "9", date(2026, 11, 30))
    each = plan_kinds()["ehc"].invitees
    coming = steps_to_come(cycles_of(on_file)[-1], review, each)
    words = [kind if len(whom) in (0, len(each)) else f"{kind} ({len(whom)})" for kind, _day, whom in coming]
    assert ", ".join(words) == to_come


def test_months_end_with_the_month() -> None:
    assert months_on(date(2026, 10, 31), 4) == date(2027, 2, 28)
    assert months_on(date(2026, 1, 15), -1) == date(2025, 12, 15)
    assert months_on(date(2027, 12, 31), 2) == date(2028, 2, 29)
