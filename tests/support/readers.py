"""Reads a portal's calendar, tables and workbook as other programs do, and compares what they say."""

import csv
import sys
from pathlib import Path

import icalendar
import openpyxl

site = Path(sys.argv[1])


def table(name):
    with open(site / name, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows, f"{name} is empty"
    assert all(None not in row and None not in row.values() for row in rows), f"{name} has rows of several lengths"
    return rows


def sheet(book, name):
    head, *rows = book[name].iter_rows()
    return [cell.value for cell in head], rows


def strings(rows, column):
    return [str(row[column].value or "") for row in rows]


# Every event is a deadline that is still open, on its day, and none is missing.
calendar = icalendar.Calendar.from_ical((site / "deadlines.ics").read_bytes())
events = list(calendar.walk("VEVENT"))
assert len({event["UID"] for event in events}) == len(events), "two events have one UID"
days = sorted(event["DTSTART"].dt.isoformat() for event in events)
deadlines = table("deadlines.csv")
open_days = sorted(row["day"] for row in deadlines if row["state"] != "done")
assert days == open_days, f"{len(days)} events, {len(open_days)} open deadlines"
words = "\n".join(str(event["SUMMARY"]) for event in events)
assert all(row["what"] in words for row in deadlines if row["state"] != "done"), "a deadline has no event"

# The sheets have the rows of the tables, and no cell is a formula.
book = openpyxl.load_workbook(site / "register.xlsx")
for page in book:
    assert page.max_row > 1, f"the sheet {page.title} is empty"
    for row in page.iter_rows():
        for cell in row:
            assert cell.data_type != "f", f"{page.title}!{cell.coordinate} is a formula"
register = table("register.csv")
head, rows = sheet(book, "Documents")
assert head[0] == "ID" and strings(rows, 0) == [row["id"] for row in register], "documents differ"
assert strings(rows, 1) == [row["title"] for row in register], "titles differ"
head, rows = sheet(book, "Deadlines")
assert [row[0].value.date().isoformat() for row in rows] == [row["day"] for row in deadlines], "deadlines differ"
print(len(events), len(register), len(book.sheetnames))
