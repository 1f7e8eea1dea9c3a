import signal
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from foedus.errors import InputError
from foedus.store.files import DATABASE
from foedus.store.store import Store
from foedus.web.serving import Asked, folder_of, listen, settings


def asked(**more):
    return Asked(**({"store": Path("s"), "demo": False, "host": "127.0.0.1", "port": 0, "token": None} | more))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "desk.example"])
def test_other_machines_need_a_token(host):
    with pytest.raises(InputError, match="--token"):
        settings(asked(host=host), Path("s"))
    assert settings(asked(host=host, token="long enough to hold"), Path("s")).token


def test_a_short_token_is_no_token():
    with pytest.raises(InputError, match="shorter"):
        settings(asked(token="short"), Path("s"))


@pytest.mark.parametrize("token", ["", " a-token-with-blanks ", "тайный-ключ-мастерской", "line\nbreak-in-the-token"])
def test_a_token_that_no_header_or_cookie_can_carry_is_refused_at_the_start(token):
    with pytest.raises(InputError, match="openssl rand"):
        settings(asked(token=token), Path("s"))


def test_a_record_that_is_not_there_is_said_at_once(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        settings(asked(record=(tmp_path / "none.json",)), Path("s"))
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(InputError, match="no backtest report"):
        settings(asked(record=(tmp_path / "other.json",)), Path("s"))


def test_a_taken_port_is_said_in_a_line():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(InputError, match="--port"):
        listen("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize("host", ["é" * 70, "a\0b", "a..b", "\udcff"])
def test_a_host_that_can_be_no_name_is_said_in_a_line(host):
    with pytest.raises(InputError, match="--host"):
        listen(host, 0)


def test_an_ipv6_address_may_be_written_as_browsers_have_it():
    assert settings(asked(host="[::1]"), Path("s")).host == "::1"


def test_store_and_demo_exclude_each_other_and_one_is_needed(tmp_path):
    with pytest.raises(InputError, match="not both"), folder_of(asked(demo=True), print):
        pass
    with pytest.raises(InputError, match="--demo"), folder_of(asked(store=None), print):
        pass
    with folder_of(asked(store=tmp_path / "new"), print) as folder:
        assert (folder / DATABASE).is_file()


@pytest.fixture
def running(store, serve):
    store.close()
    return serve(store.folder)


def test_whoever_reviews_while_the_server_is_killed_loses_nothing_that_was_acknowledged(running, store, event_ids):
    acknowledged, undone, sent = [], [], {"ann": 0, "ben": 0}
    enough = threading.Event()

    def review(name):
        with httpx.Client(base_url=running.url, timeout=60) as client:
            while True:
                sent[name] += 1
                body = {
                    "event": event_ids["wire", "CHN", "AID"],
                    "verdict": "down",
                    "comment": f"{name} {sent[name]}",
                    "reviewer": name,
                }
                try:
                    made = client.post("/api/reviews", json=body)
                    acknowledged.append((made.json()["id"], body["comment"]))
                    if sent[name] % 3 == 0:
                        client.delete(f"/api/reviews/{made.json()['id']}", headers={"x-foedus-write": "1"})
                        undone.append(made.json()["id"])
                except httpx.HTTPError:
                    return
                if len(acknowledged) > 20:
                    enough.set()

    writers = [threading.Thread(target=review, args=(name,)) for name in sent]
    for one in writers:
        one.start()
    assert enough.wait(60)
    running.end(signal.SIGKILL)
    for one in writers:
        one.join()
    with Store(store.folder, create=False) as again:
        kept = {one.id: one for one in again.reviews(include_undone=True)}
        assert {(number, kept[number].comment) for number, _ in acknowledged} == set(acknowledged)
        assert all(kept[number].undone for number in undone)
        assert len(kept) <= len(acknowledged) + len(sent), "at most one of each was under way"
        assert again.verify() == []


def test_the_server_ends_quietly_when_it_is_asked_to(running):
    with ThreadPoolExecutor(4) as several:
        asked = ["/crisis", "/api/events", "/crisis/estimates", "/api/figures/matrix"]
        assert [
            one.status_code for one in several.map(lambda path: httpx.get(running.url + path, timeout=60), asked)
        ] == [200] * 4
    status, rest = running.end(signal.SIGINT)
    assert "Traceback" not in rest
    assert "terminate" not in rest, "no thread may be cut off while it closes its connection"
    assert status == 130


def test_the_terminal_says_where_the_workbench_is_and_warns_where_others_can_reach_it(store, serve):
    store.close()
    started = serve(store.folder, "--host", "0.0.0.0", "--token", "a-long-enough-token")
    assert "Warning: other machines can reach this workbench" in "".join(started.said)
    url = started.url.replace("0.0.0.0", "127.0.0.1")
    assert httpx.get(url + "/api/crisis", timeout=60).status_code == 401
    bearer = {"authorization": "Bearer a-long-enough-token"}
    assert httpx.get(url + "/api/crisis", headers=bearer, timeout=60).status_code == 200
