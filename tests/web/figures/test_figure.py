import csv
import io

from foedus.web import figures
from foedus.web.ask import Ask

ASK = Ask(("IRN",), ("ISR",), "2025-06-13")


def test_cells_that_a_spreadsheet_would_run_are_disarmed():
    figure = figures.Figure("x", "X", ("a", "b"), ({"a": "=1+1", "b": ["@x", "y"]}, {"a": None, "b": 3.5}))
    rows = list(csv.reader(io.StringIO(figure.to_csv().decode())))
    assert rows == [["a", "b"], ["'=1+1", "'@x y"], ["", "3.5"]]
