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


def test_what_waits_behind_a_worker_that_dies_is_still_done(jobs):
    first, second = (jobs.add("text", label, data=b"x")["id"] for label in ("die", "two"))
    assert ended(jobs, first)["state"] == "failed"
    assert ended(jobs, second)["state"] == "done"


def test_nobody_waits_for_a_worker_that_is_busy_with_something_else(tmp_path):
    busy = Jobs(tmp_path, [sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        began = time.monotonic()
        for _ in range(3):
            told = busy.add("file", "large", data=b"x" * 1_000_000)
        assert [one["state"] for one in busy.all()] == ["waiting"] * 3
        assert busy.get(told["id"])["state"] == "waiting"
        assert time.monotonic() - began < 5, "a full pipe held up those who only ask"
    finally:
        busy.close()


def test_what_a_library_prints_into_the_protocol_is_passed_over(tmp_path):
    noisy = Jobs(tmp_path, [sys.executable, "-c", "print('warning: 3', flush=True); print('[1]', flush=True)\n" + ECHO])
    try:
        assert ended(noisy, noisy.add("text", "one", data=b"x")["id"])["state"] == "done"
    finally:
        noisy.close()


def test_what_waits_in_memory_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr("foedus.web.jobs.WAITING_BYTES", 10)
    slow = Jobs(tmp_path, [sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        for _ in range(2):
            slow.add("file", "small", data=b"12345")
        with pytest.raises(Refused, match="too many additions"):
            slow.add("file", "small", data=b"123456789")
    finally:
        slow.close()


def test_a_worker_that_cannot_be_started_is_said(tmp_path):
    none = Jobs(tmp_path, [str(tmp_path / "no-such-program")])
    try:
        assert "stopped" in ended(none, none.add("text", "one", data=b"x")["id"])["message"]
    finally:
        none.close()


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
