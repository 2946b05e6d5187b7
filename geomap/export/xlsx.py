"""Excel workbook: a sheet a layer, dates as dates, no formulas.

Needs the extra ``geomap[xlsx]`` (XlsxWriter). Text is written as text, so that nothing is run; a
cell holds 32,767 characters (Excel's limit), longer text ends in "…".
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from geomap.errors import OutputError
from geomap.export.atomic import replacing
from geomap.export.cells import clean, plain
from geomap.features.fields import FieldType

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.export.layers import Layer, Layers

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
    for number, row in enumerate(layer.rows, start=1):
        for column, field in enumerate(layer.fields):
            _cell(sheet, (number, column), _value(field.type, row[field.name]), styles)


def _value(field_type: FieldType, value: Any) -> Any:
    if value is None or value == []:
        return None
    return date.fromisoformat(value) if field_type is FieldType.DATE else plain(value)


def _cell(sheet: Any, at: tuple[int, int], value: Any, styles: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(*at, datetime(value.year, value.month, value.day), styles["date"])  # noqa: DTZ001 - a day has no zone
    elif isinstance(value, str):
        text = clean(value)
        sheet.write_string(*at, text if len(text) <= _CELL else text[: _CELL - 1] + "…")
    else:
        sheet.write_number(*at, value)


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
