import socket
from pathlib import Path

import pytest

from foedus.errors import InputError
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


def test_store_and_demo_exclude_each_other_and_one_is_needed(tmp_path):
    with pytest.raises(InputError, match="not both"), folder_of(asked(demo=True), print):
        pass
    with pytest.raises(InputError, match="--demo"), folder_of(asked(store=None), print):
        pass
    with folder_of(asked(store=tmp_path / "new"), print) as folder:
        assert (folder / "store.sqlite").exists() or any(folder.iterdir())
