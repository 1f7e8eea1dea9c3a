import sys
import time

import pytest

from foedus.web.jobs import Jobs
from foedus.web.safety import Refused

ECHO = """
import json, sys
for line in sys.stdin:
    job = json.loads(line)
    if job["label"] == "die":
        sys.exit(3)
    print(json.dumps({"job": job["id"], "state": "done", "added": 1, "seen": 0, "events": 2, "ids": ["d"], "faults": []}), flush=True)
"""


@pytest.fixture
def jobs(tmp_path):
    made = Jobs(tmp_path, [sys.executable, "-c", ECHO])
    yield made
    made.close()


def ended(jobs, job):
    for _ in range(400):
        if jobs.get(job)["state"] in ("done", "failed"):
            break
        time.sleep(0.02)
    return jobs.get(job)


def test_progress_reaches_whoever_asks(jobs):
    assert ended(jobs, jobs.add("text", "one", data=b"x")["id"])["events"] == 2


def test_a_worker_that_dies_fails_its_job_and_the_next_gets_a_new_one(jobs):
    first = jobs.add("text", "die", data=b"x")["id"]
    assert "stopped" in ended(jobs, first)["message"]
    assert ended(jobs, jobs.add("text", "two", data=b"x")["id"])["state"] == "done"


def test_what_is_not_known_is_said(jobs):
    with pytest.raises(Refused, match="no such addition"):
        jobs.get("none")


def test_too_many_at_once_are_refused(tmp_path):
    slow = Jobs(tmp_path, [sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        for number in range(40):
            slow.add("text", str(number))
        with pytest.raises(Refused, match="too many additions"):
            slow.add("text", "one more")
    finally:
        slow.close()
