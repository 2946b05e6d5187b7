from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.extraction.calendar_days import easter, month_span, nearest_year, weekday_before
from geomap.extraction.dates import find_times, precision_of
from geomap.extraction.published import find_published, headline_end, in_dateline
from geomap.extraction.timerules import RULES, scan
from geomap.model import TimePrecision

if TYPE_CHECKING:
    from collections.abc import Iterator

PUBLISHED = date(2024, 1, 2)  # a Tuesday

DATES = [
    ("on Tuesday, January 2, in", "2024-01-02", "2024-01-02", "weekday and date"),
    ("the attack of December 29", "2023-12-29", "2023-12-29", "a day of last year"),
    ("January 2, 2024. Another", "2024-01-02", "2024-01-02", "a full date"),
    ("on 4 February 2022", "2022-02-04", "2022-02-04", "day before month"),
    ("2023-12-05", "2023-12-05", "2023-12-05", "ISO"),
    ("January 2-5", "2024-01-02", "2024-01-05", "a range of days"),
    ("on Tuesday", "2024-01-02", "2024-01-02", "the weekday of publication is that day"),
    ("last Tuesday", "2023-12-26", "2023-12-26", "last is a week back"),
    ("on Friday", "2023-12-29", "2023-12-29", "the last Friday"),
    ("next Friday", "2024-01-05", "2024-01-05", "a day to come"),
    ("yesterday", "2024-01-01", "2024-01-01", "from publication"),
    ("overnight", "2024-01-01", "2024-01-02", "a night has two days"),
    ("two weeks ago", "2023-12-16", "2023-12-22", "vague by half a week"),
    ("over the weekend", "2023-12-30", "2023-12-31", "the last weekend"),
    ("in recent days", "2023-12-26", "2024-01-02", "a week back"),
    ("last month", "2023-12-01", "2023-12-31", "a calendar month"),
    ("in 2023", "2023-01-01", "2023-12-31", "a year"),
    ("on New Year’s Day", "2024-01-01", "2024-01-01", "a named day"),
    ("on the eve of New Year's Eve", "2023-12-30", "2023-12-30", "an eve of an eve"),
    ("on the last night of the year", "2023-12-31", "2024-01-01", "a named night"),
    ("on Easter Sunday", "2023-04-09", "2023-04-09", "a movable feast"),
    ("on Thanksgiving", "2023-11-23", "2023-11-23", "the fourth Thursday of a month"),
    ("on Black Friday", "2023-11-24", "2023-11-24", "the day after it"),
    ("on Christmas Eve", "2023-12-24", "2023-12-24", "an eve with a day of its own"),
    ("around the new year", "2023-12-31", "2024-01-01", "both sides of it"),
    ("from March 3 to 5, 2023", "2023-03-03", "2023-03-05", "a range with its year"),
    ("3 to 5 March", "2023-03-03", "2023-03-05", "a range, days before the month"),
    ("the 5th of March 2023", "2023-03-05", "2023-03-05", "an ordinal"),
    ("5.3.2023", "2023-03-05", "2023-03-05", "dots, day first"),
    ("in March", "2023-03-01", "2023-03-31", "a month that is over"),
    ("in mid-March", "2023-03-01", "2023-03-31", "part of a month is no closer"),
    ("March, 2023", "2023-03-01", "2023-03-31", "month and year"),
    ("between Saturday and Monday", "2023-12-30", "2024-01-01", "from one weekday to another"),
    ("from Friday night to Sunday morning", "2023-12-29", "2023-12-31", "with parts of the day"),
    ("overnight Friday", "2023-12-29", "2023-12-29", "a night, by the day that is named"),
    ("overnight from Friday to Saturday", "2023-12-29", "2023-12-30", "both days of a night"),
    ("overnight into Friday", "2023-12-28", "2023-12-29", "a night is of both days"),
    ("the previous Friday", "2023-12-22", "2023-12-22", "a week further back"),
    ("this coming Friday", "2024-01-05", "2024-01-05", "to come"),
    ("tomorrow", "2024-01-03", "2024-01-03", "to come, from publication"),
    ("this afternoon", "2024-01-02", "2024-01-02", "the day of publication"),
    ("earlier today", "2024-01-02", "2024-01-02", "the same"),
    ("last night", "2024-01-01", "2024-01-01", "the evening before"),
    ("three days ago", "2023-12-30", "2023-12-30", "days are counted exactly"),
    ("a month ago", "2023-11-18", "2023-12-18", "months within half a month"),
    ("ten years ago", "2013-07-06", "2014-07-05", "years within half a year"),
    ("last week", "2023-12-26", "2024-01-01", "the seven days before"),
    ("earlier this month", "2024-01-01", "2024-01-02", "no further than publication"),
    ("this year", "2024-01-01", "2024-01-02", "the same of a year"),
    ("last year", "2023-01-01", "2023-12-31", "a calendar year"),
    ("over the past three days", "2023-12-30", "2024-01-02", "counted days"),
    ("in the last 48 hours", "2023-12-31", "2024-01-02", "counted hours"),
    ("over the past two weeks", "2023-12-19", "2024-01-02", "counted weeks"),
    ("during the past six months", "2023-07-06", "2024-01-02", "counted months"),
    ("in recent months", "2023-10-02", "2024-01-02", "uncounted ones are a quarter"),
    ("earlier this week", "2024-01-01", "2024-01-02", "from Monday on"),
    ("in the coming days", "2024-01-03", "2024-01-09", "to come"),
    ("later this week", "2024-01-03", "2024-01-09", "to come"),
    ("from Friday evening until dawn on Sunday", "2023-12-29", "2023-12-31", "hours between"),
    ("on Sunday night and into Monday", "2023-12-31", "2024-01-01", "a night of two days"),
    ("last Monday", "2023-12-25", "2023-12-25", "yesterday would be told otherwise"),
    ("the weekend's", "2023-12-30", "2023-12-31", "as what belongs to it"),
    ("in the past day", "2024-01-01", "2024-01-02", "one day where one is told"),
    ("over the past week", "2023-12-26", "2024-01-02", "one week"),
    ("on Friday and went on until Sunday", "2023-12-29", "2023-12-31", "from day to day"),
    ("in the last 72 hours", "2023-12-30", "2024-01-02", "counted hours, more than a day"),
    ("over the past few days", "2023-12-26", "2024-01-02", "a few are uncounted"),
    ("on Friday last week", "2023-12-29", "2023-12-29", "of the calendar week before"),
    ("last week on Tuesday", "2023-12-26", "2023-12-26", "not the weekday of publication"),
    ("a week ago Saturday", "2023-12-23", "2023-12-23", "a week before the last one"),
    ("two nights ago", "2023-12-31", "2023-12-31", "nights are counted as days"),
    ("a couple of days ago", "2023-12-31", "2023-12-31", "a couple is two"),
    ("a fortnight ago", "2023-12-16", "2023-12-22", "two weeks, vague by half a week"),
    ("on Sunday night into Monday", "2023-12-31", "2024-01-01", "a night of two weekdays"),
    ("late Sunday into early Monday", "2023-12-31", "2024-01-01", "the same"),
    ("on Saturday and Sunday", "2023-12-30", "2023-12-31", "a day and the next are one stretch"),
    ("on 28 November last year", "2023-11-28", "2023-11-28", "the year is told"),
    ("in March last year", "2023-03-01", "2023-03-31", "of a month too"),
    ("last January", "2023-01-01", "2023-01-31", "not the month of publication"),
    ("November 28 to December 2", "2023-11-28", "2023-12-02", "from one month to another"),
    ("from 28 November to 2 December", "2023-11-28", "2023-12-02", "days before the months"),
    ("on Memorial Day", "2023-05-29", "2023-05-29", "the last Monday of a month"),
    ("over Labor Day weekend", "2023-09-02", "2023-09-04", "a Monday ends a long weekend"),
    ("on St. Patrick’s Day", "2023-03-17", "2023-03-17", "either apostrophe"),
    ("on February 29", "2020-02-29", "2020-02-29", "the last one there was"),
]


@pytest.mark.parametrize(("text", "first", "last", "why"), DATES)
def test_days_are_told_from_publication(text: str, first: str, last: str, why: str) -> None:
    (found,) = find_times(text, PUBLISHED)
    assert (str(found.first), str(found.last)) == (first, last), why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("the second strike in just four days", "a duration is no day"),
        ("a day after the president warned", "told from an event without a day"),
        ("a march on Rome", "march is no month here"),
        ("a man of 1935 Orchard St. was held", "nor is a house's number a year"),
        ("they may attack", "nor is may"),
        ("by Monday the toll was 40", "a count of that day, of an event before it"),
        ("rain lasted until late Monday", "an end is not the day of an event"),
    ],
)
def test_what_names_no_day_is_left_alone(text: str, why: str) -> None:
    assert find_times(text, PUBLISHED) == [], why


def test_a_day_earlier_is_told_from_the_day_named_before() -> None:
    first, second = find_times("on Saturday. The previous day in Kharkiv", PUBLISHED)
    assert first.first == date(2023, 12, 30)
    assert second.first == date(2023, 12, 29)
    assert second.anchored


@pytest.mark.parametrize(
    ("text", "day", "why"),
    [
        ("Two days later", "2024-01-01", "counted on"),
        ("A week earlier", "2023-12-23", "a week back"),
        ("Three weeks later", "2024-01-20", "weeks on"),
        ("The following day", "2023-12-31", "the next one"),
        ("The day before", "2023-12-29", "the one before"),
        ("Hours later", "2023-12-30", "hours stay within the day"),
        ("Shortly afterwards", "2023-12-30", "so does shortly"),
        ("That night", "2023-12-30", "and the night of it"),
        ("On the same day", "2023-12-30", "the day itself"),
        ("The next morning", "2023-12-31", "part of the next day"),
        ("The night before", "2023-12-29", "a night"),
        ("Two days later he said", "2024-01-01", "without a comma"),
    ],
)
def test_days_are_told_from_the_day_before_them(text: str, day: str, why: str) -> None:
    first, second = find_times(f"It rained on Saturday. {text}, it stopped.", PUBLISHED)
    assert (str(first.first), str(second.first), second.anchored) == ("2023-12-30", day, True), why


def test_a_day_told_from_none_is_unknown() -> None:
    (found,) = find_times("A week earlier, it had rained.", None)
    assert found.first is None
    assert "no day that it is told from is known" in found.rule


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("May 30 to 28", "backwards"),
        ("February 29 and 30", "one of them never was"),
        ("several days ago", "no number"),
    ],
)
def test_what_means_no_days_says_so(text: str, why: str) -> None:
    (found,) = find_times(text, PUBLISHED)
    assert (found.first, found.last) == (None, None), why
    assert found.rule


@pytest.mark.parametrize(
    ("text", "first", "why"),
    [
        ("since 2014", "2014-01-01", "a year"),
        ("since March 2022", "2022-03-01", "a month"),
        ("since May 5", "2023-05-05", "a day"),
        ("since January", "2024-01-01", "a month that began"),
        ("since the weekend", "2023-12-30", "its first day"),
        ("since 30 December", "2023-12-30", "day before month"),
        ("since early Monday", "2024-01-01", "part of a day"),
        ("ever since the start of 2020", "2020-01-01", "the start of a year"),
    ],
)
def test_since_runs_from_its_day_to_publication(text: str, first: str, why: str) -> None:
    (found,) = find_times(text, PUBLISHED)
    assert (str(found.first), found.last) == (first, PUBLISHED), why


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("two years ago", date.min),
        ("on New Year's Eve", date.min),
        ("on Thanksgiving", date.min),
        ("overnight", date.min),
        ("last week", date.min),
        ("last year", date.min),
        ("over the weekend", date.min),
        ("around the new year", date.min),
        ("the previous Friday", date.min),
        ("next Monday", date.max),
        ("tomorrow", date.max),
    ],
)
def test_before_and_after_all_years_there_is_no_day(text: str, published: date) -> None:
    (found,) = find_times(text, published)
    assert (found.first, found.last) == (None, None)
    assert found.rule


@pytest.mark.parametrize(
    "text", ["on Tuesday", "on January 2", "yesterday", "last week", "January 2-5"]
)
def test_without_publication_the_rule_says_so(text: str) -> None:
    (found,) = find_times(text, None)
    assert found.first is None
    assert "publication is unknown" in found.rule


def test_a_day_that_does_not_exist_is_unknown() -> None:
    (found,) = find_times("on February 30, 2023", PUBLISHED)
    assert found.first is None
    assert "no such day" in found.rule


@pytest.mark.parametrize(
    ("text", "cumulative"), [("since February 2022", True), ("since Friday", False)]
)
def test_only_a_short_time_up_to_publication_may_date_an_event(text: str, cumulative: bool) -> None:
    (found,) = find_times(text, PUBLISHED)
    assert found.cumulative is cumulative


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Published: 2 January 2024\n\nText", "2024-01-02"),
        ("KYIV, January 2, 2024 (Agency) - Text", "2024-01-02"),
        ("Title\nJanuary 2, 2024\nText", "2024-01-02"),
        ("Lviv, January 2, 2024. A gas main burst on Monday.", "2024-01-02"),
        ("On January 2 it hit. (@name) January 2, 2024", "2024-01-02"),
        ("The treaty of May 8, 1945 stands.", "None"),
        ("No day at all.", "None"),
        ("Date: 2024-02-31", "None"),
        ("The bridge was opened on 12 June 2021 by a king.", "None"),
        ("Title\nTue 2 Jan 2024 23.40 CET\nText", "2024-01-02"),
        ("Title\nUpdated 9:27 AM ET, Tue January 2, 2024\nText", "2024-01-02"),
        ("Title\nBy Ann Li | Jan. 2, 2024 | 5:00 p.m.\nText", "2024-01-02"),
        ("Title\nJan 2, 2024 / 7:32 AM / Daily Post\nText", "2024-01-02"),
        ("Title\nPublished: 12:03 GMT, 2 January 2024 | Updated: 3 January 2024", "2024-01-02"),
        ("Title\nPublished on: 02/Jan/2024\nText", "2024-01-02"),
        ("Title\n2024-01-02T10:33:00Z\nText", "2024-01-02"),
        ("Title\n02.01.2024 10:15\nText", "2024-01-02"),
        ("The Treaty of May 8, 1945\n\nText", "None"),
        ("2 January 2021: a bomb killed two in a market.\nText", "None"),
    ],
)
def test_publication_is_found_in_the_text(text: str, day: str) -> None:
    assert str(find_published(text)) == day


@pytest.mark.parametrize(
    ("text", "headline", "why"),
    [
        ("Two die in Kano\n\nTwo people died.", "Two die in Kano", "no full stop"),
        ("Two people died.\nIt burned.", "", "a sentence"),
        (
            "3 May, 09:41\nTwo die\nBy Ada Obi\n\nTwo died.",
            "3 May, 09:41\nTwo die\nBy Ada Obi",
            "stamps",
        ),
        ("Two die\n\nKANO, May 3 (AP) - Two\nmen died", "Two die", "a dateline opens the body"),
        ("Kano: two dead\nJos: one hurt\nBama: a fire", "Kano: two dead", "a list has no body"),
    ],
)
def test_where_the_headline_ends(text: str, headline: str, why: str) -> None:
    assert text[: headline_end(text, ())] == headline, why


def test_the_day_of_a_dateline_is_that_of_publication() -> None:
    text = "PARIS, July 20 (AFP) - A fire on Tuesday"
    assert in_dateline(text, text.index("July"))
    assert not in_dateline(text, text.index("Tuesday"))
    ended = "Lviv, January 2, 2024. A fire on Monday"
    assert in_dateline(ended, ended.index("January"))


@pytest.mark.parametrize(
    ("days", "code"), [(0, TimePrecision.DAY), (6, TimePrecision.WEEK), (30, TimePrecision.MONTH)]
)
def test_precision_follows_acled(days: int, code: TimePrecision) -> None:
    assert precision_of(PUBLISHED, date.fromordinal(PUBLISHED.toordinal() + days)) is code


def test_easter_is_that_of_the_tables() -> None:
    days = [easter(year) for year in (1961, 2000, 2024, 2038)]
    assert [str(day) for day in days] == ["1961-04-02", "2000-04-23", "2024-03-31", "2038-04-25"]


@given(st.dates(date(1600, 1, 1), date(2200, 1, 1)), st.integers(0, 6))
def test_the_last_weekday_is_at_most_a_week_back(day: date, weekday: int) -> None:
    found = weekday_before(weekday, day, strictly=False)
    assert found is not None
    assert found.weekday() == weekday
    assert 0 <= (day - found).days < 7


@given(st.dates(date(1600, 1, 1), date(2200, 1, 1)))
def test_a_day_of_the_year_is_found_again(day: date) -> None:
    assert nearest_year(day.month, day.day, day) == day
    span = month_span(day.year, day.month)
    assert span is not None
    assert span[0] <= day <= span[1]


@given(st.text(max_size=200), st.dates())
def test_spans_lie_inside_any_text(text: str, published: date) -> None:
    for found in find_times(text, published):
        assert 0 <= found.start < found.end <= len(text)
        assert (found.first is None) == (found.last is None)


_PIECES = (
    "Monday",
    "MAY",
    "3",
    "a day before",
    "The",
    "speech",
    "İzmir",
    "since",
    "2022",
    "on ",
    "-",
)


def _spans_of_rules(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(text):
        found = next((m for rule in RULES if (m := rule.match(text, at)) is not None), None)
        if found is not None:
            yield found.span()
        at = found.end() if found is not None else at + 1


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map(" ".join))
def test_the_quick_scan_finds_what_the_patterns_find(text: str) -> None:
    assert [match.span() for _, match in scan(text)] == list(_spans_of_rules(text))
