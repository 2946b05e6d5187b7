"""Excel workbook: a sheet a layer, dates as dates, no formulas.

Needs the extra ``geomap[xlsx]`` (XlsxWriter). Text is written as text, so that nothing is run; a
cell holds 32,767 characters (Excel's limit), longer text ends in "…".
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from geomap.errors import OutputError
from geomap.export.atomic import replacing
from geomap.export.cells import clean, plain
from geomap.features.fields import FieldType

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geomap.export.layers import Layer, Layers

    _Write = Callable[[int, int, Any], Any]
    _Convert = Callable[[Any], Any]

_CELL = 32_767
_ROWS = 1_048_576
_WIDTHS = {FieldType.TEXT: 22, FieldType.DATE: 12, FieldType.LIST: 30}
_NUMBER_WIDTH = 10


def write(layers: Layers, path: Path) -> None:
    """Write the four layers as sheets, and one that explains the columns."""
    writer = _xlsxwriter()
    with replacing(path) as temporary:
        book = writer.Workbook(temporary, {"strings_to_formulas": False, "strings_to_urls": False})
        day = date.fromisoformat(layers.latest_day)
        book.set_properties({"created": datetime(day.year, day.month, day.day, tzinfo=UTC)})
        styles = {
            "head": book.add_format({"bold": True}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        for layer in layers:
            _sheet(book.add_worksheet(layer.name), layer, styles)
        _legend(book.add_worksheet("columns"), layers, styles)
        try:
            book.close()
        except writer.exceptions.FileCreateError as error:
            raise OutputError(f"{path.name}: cannot be written ({error})") from error


def _xlsxwriter() -> Any:
    try:
        import xlsxwriter  # type: ignore[import-untyped]
    except ImportError as error:
        raise OutputError(
            "the format xlsx needs XlsxWriter; install it with: pip install 'geomap[xlsx]'"
        ) from error
    return xlsxwriter


def _sheet(sheet: Any, layer: Layer, styles: dict[str, Any]) -> None:
    if len(layer.rows) >= _ROWS:
        raise OutputError(
            f"a sheet holds {_ROWS - 1:,} rows and {layer.name} has {len(layer.rows):,}; choose "
            "another format, such as parquet"
        )
    for column, field in enumerate(layer.fields):
        width = _WIDTHS.get(field.type, _NUMBER_WIDTH)
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, field.name, styles["head"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(layer.rows), len(layer.fields) - 1)
    cells = [
        (column, field.name, *_writer(sheet, field.type, styles))
        for column, field in enumerate(layer.fields)
    ]
    for number, row in enumerate(layer.rows, start=1):
        for column, name, write, convert in cells:
            value = row[name]
            if value is not None and value != []:
                write(number, column, convert(value) if convert else value)


def _writer(sheet: Any, kind: FieldType, styles: dict[str, Any]) -> tuple[_Write, _Convert | None]:
    """Return the method of the sheet that writes a type, and what makes its values fit.

    A large workbook has millions of cells, so that what can be known for a column is asked once.
    """
    if kind is FieldType.DATE:
        return partial(sheet.write_datetime, cell_format=styles["date"]), datetime.fromisoformat
    if kind in {FieldType.INTEGER, FieldType.REAL}:
        return sheet.write_number, None
    return sheet.write_string, _text if kind is FieldType.TEXT else _list


def _text(value: str) -> str:
    text = value if value.isprintable() else clean(value)
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def _list(value: Any) -> str:
    return _text(plain(value))


def _legend(sheet: Any, layers: Layers, styles: dict[str, Any]) -> None:
    for column, head in enumerate(("sheet", "column", "meaning")):
        sheet.write_string(0, column, head, styles["head"])
    lines = [
        (layer.name, field.name, field.description) for layer in layers for field in layer.fields
    ]
    for number, line in enumerate(lines, start=1):
        for column, text in enumerate(line):
            sheet.write_string(number, column, text)
    sheet.set_column(0, 1, 20)
    sheet.set_column(2, 2, 80)
