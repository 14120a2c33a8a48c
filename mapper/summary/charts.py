"""Native charts below the tables of the workbook, drawn from the cells so that they follow a filter."""

from collections.abc import Callable, Mapping
from itertools import takewhile

from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from mapper.language.reader import N_, Reader
from mapper.summary.model import Table
from mapper.summary.sheet import ENGLISH, HEAD_ROW

Picture = Callable[[Worksheet, Table, Reader], None]
MOST_BARS = 30  # beyond that a bar chart is a hedge, not a picture


def add(sheet: Worksheet, table: Table, read: Reader = ENGLISH) -> None:
    """Add what this table's picture is; most tables have none. `table` is the one in English."""
    picture = PICTURES.get(table.name)
    if picture and table.rows:
        picture(sheet, table, read)


def _bars(title: str, label_column: str, value_column: str, axis: str) -> Picture:
    def draw(sheet: Worksheet, table: Table, read: Reader) -> None:
        titles = [column.title for column in table.columns]
        number, label = titles.index(value_column) + 1, titles.index(label_column) + 1
        last = HEAD_ROW + min(_latest_round(table, titles.index("Round")), MOST_BARS)
        chart = BarChart()
        chart.type, chart.style, chart.title = "bar", 10, read.say(title)
        chart.add_data(Reference(sheet, min_col=number, min_row=HEAD_ROW, max_row=last), titles_from_data=True)
        chart.set_categories(Reference(sheet, min_col=label, min_row=HEAD_ROW + 1, max_row=last))
        chart.y_axis.title, chart.legend = read.say(axis), None
        chart.x_axis.scaling.orientation = "maxMin"  # the first row of the table is the top bar
        chart.x_axis.delete = chart.y_axis.delete = False
        chart.height, chart.width = max(7.0, 0.62 * (last - HEAD_ROW) + 3), 22
        chart.gapWidth = 40
        sheet.add_chart(chart, f"A{HEAD_ROW + len(table.rows) + 3}")

    return draw


def _latest_round(table: Table, column: int) -> int:
    """How many rows from the top belong to the round of the first one; tables begin with the latest."""
    return sum(1 for _ in takewhile(lambda row: row[column] == table.rows[0][column], table.rows))


def _heat(sheet: Worksheet, table: Table, _read: Reader) -> None:
    """Darker where more workers reported; white where workers answered and none did."""
    last = f"{get_column_letter(len(table.columns))}{HEAD_ROW + len(table.rows)}"
    scale = ColorScaleRule(
        start_type="num", start_value=0, start_color="FFFFFF", end_type="num", end_value=1, end_color="B23A1E"
    )
    sheet.conditional_formatting.add(f"D{HEAD_ROW + 1}:{last}", scale)


PICTURES: Mapping[str, Picture] = {
    "suppliers": _bars(
        N_("Mean recruitment cost borne by workers"), "Supplier", "Mean months of wage", N_("months of wage")
    ),
    "fees": _bars(
        N_("Mean recruitment cost by supplier and corridor"),
        "Supplier and corridor",
        "Mean months",
        N_("months of wage"),
    ),
    "stages": _heat,
}
