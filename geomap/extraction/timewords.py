"""Parts of the patterns of time expressions: days, months, holidays, counts."""

from __future__ import annotations

import re

from geomap.extraction import calendar_days as cal

MONTH = "(?:" + "|".join(name for names in cal.MONTHS for name in names) + r")\b\.?"
WEEKDAY = "(?:" + "|".join(cal.WEEKDAYS) + r")\b"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
HOLIDAY = (
    "(?:"
    + "|".join(sorted(map(re.escape, cal.holidays()), key=len, reverse=True)).replace("'", "['’]")
    + ")"
)
COUNT = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|several|a few|a couple of)"
)
PART = r"(?:\s+(?:morning|afternoon|evening|night|noon|lunchtime))?"
PAIRS = "|".join(  # a day and the next: what happened on both is told as one
    f"{day} and {cal.WEEKDAYS[(n + 1) % len(cal.WEEKDAYS)]}" for n, day in enumerate(cal.WEEKDAYS)
)
NAMED_DAY = rf"(?:{WEEKDAY},?\s+)?"
# "Of 1935 Orchard Street" has a house's number.
NO_HOUSE = (
    r"(?! (?:\w+ ){1,3}(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct"
    r"|way|place|pl|circle|highway|hwy)\b)"
)
EARLY = r"(?:(?:early|late|earlier|mid)(?: on)? )?"
LAST_YEAR = r"(?P<before>,? (?:of )?last year)?"
TIGHT = r"(?<![\w-])"
# "a day before the speech" tells the day from an event, which has none of its own here.
CAPITAL = r"|(?-i:[A-Z]\w+)"
NOT_OF = rf"(?! (?:to|the|a|an|his|her|its|their|he|she|it|they{CAPITAL})\b)"
# What "last week" and the like begin with.
STRETCHES = (
    r"(?P<lead>(?:in|over|during|within|for) (?:the )?"
    r"(?:recent|past|last|previous|latest|coming|upcoming|next)"
    r"|the (?:past|last|coming)|the(?= weekend['’]s)|over the|at the|on the|last|next|this"
    r"|earlier this|late last|early this|later this|this past)"
)
