"""The tables of docs/gazetteer.md are those of the gazetteer that is committed beside them."""

from __future__ import annotations

from project import ROOT

from geomap.cli import main


def test_tables_are_up_to_date(capsys):
    main(["gazetteer", "info", "--markdown"])
    tables = capsys.readouterr().out.strip()
    text = (ROOT / "docs" / "gazetteer.md").read_text(encoding="utf-8")
    _, _, rest = text.partition("<!-- geomap gazetteer info --markdown -->")
    inside, _, _ = rest.partition("<!-- end -->")
    assert inside.strip() == tables, "run `geomap gazetteer info --markdown` and paste its output"
