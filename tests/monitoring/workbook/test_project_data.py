"""All that a project has in the portal, as one table."""

import csv
import io

from monitoring.models import Entry, Measurement

from .test_views import browser_of
from .uploading import JOBS


def test_it_holds_what_is_approved_and_what_is_open_with_codes_and_words(room):
    room.save(JOBS, "8")
    answer = browser_of(room.world.director).get("/monitoring/PIP-01/data.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    approved = Measurement.objects.live().filter(project="PIP-01").count()
    assert len(rows) - 1 == approved + Entry.objects.filter(submission=room.submission).count()
    [jobs] = [row for row in rows if row[0] == "2004-S2" and row[8] == "jobs"]
    assert jobs[1:10] == [
        "Borrador",
        "",
        "F:FIRMAAAAA",
        "Empresa FIRMAAAAA",
        "regular",
        "Regular",
        "",
        "jobs",
        "Empleo (ETJ)",
    ]
    assert jobs[12:] == ["8.00", "", ""]


def test_who_sees_one_network_takes_no_whole_project(room):
    url = "/monitoring/PIP-01/data.xlsx"
    answers = {
        who: browser_of(getattr(room.world, who)).get(url).status_code
        for who in ("director", "coordinator", "specialist", "stranger")
    }
    assert answers == {"director": 200, "coordinator": 404, "specialist": 200, "stranger": 404}
