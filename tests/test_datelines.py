"""Where the dateline of a line of news ends."""

from __future__ import annotations

import pytest

from geomap.datelines import dateline_at


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("NAIROBI (Reuters) - Police fired tear gas", "NAIROBI (Reuters) - "),
        ("PLANO, Texas (AP) — A gunman opened fire", "PLANO, Texas (AP) — "),
        ("OSAKA --At least two people died", "OSAKA --"),
        ("(NEW YORK) — Officers shot a man", "(NEW YORK) — "),
        ("Ozark, Ky. (May 28, 2016) – Police received", "Ozark, Ky. (May 28, 2016) – "),
        ("Lima, Apr 26 (EFE).- Two men", "Lima, Apr 26 (EFE).- "),
        ("Lima (CNN) A bus fell", "Lima (CNN) "),
        ("RIO DE JANEIRO, July 20 (AFP) - Two", "RIO DE JANEIRO, July 20 (AFP) - "),
        ("Accra, May 28, 2016. Police fired", "Accra, May 28, 2016. "),  # closed like a sentence
        ("Accra, 28 May 2016. Police fired", "Accra, 28 May 2016. "),
        ("In Accra, May 28, 2016, was quiet.", ""),
        (
            "Accra, May 28: Police fired",
            "Accra, May 28: ",
        ),  # with a day
        ("Police said - without a pause", ""),  # no city in capitals, no agency
        ("DUI crash - two dead", ""),  # an abbreviation with a plain noun behind it
        ("The World Health Organization (WHO) said", ""),  # an abbreviation explained
        ("A man (AP) was hurt", ""),
        ("", ""),
    ],
)
def test_a_dateline_ends_behind_its_dash_or_agency(line, dateline):
    assert line[: dateline_at(line, 0)] == dateline


def test_a_dateline_is_looked_for_where_the_line_begins():
    text = "Police fire at crowd\nACCRA (AP) - Police fired"
    assert text[21 : dateline_at(text, 21)] == "ACCRA (AP) - "
    assert dateline_at(text, 0) == 0
