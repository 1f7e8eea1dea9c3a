import pytest

from foedus.cli.main import run


def status(*arguments):
    with pytest.raises(SystemExit) as stop:
        run(list(arguments))
    return stop.value.code


def test_help_shows_an_example(capsys):
    assert status("serve", "--help") == 0
    assert "foedus serve" in capsys.readouterr().out


def test_another_address_needs_a_token(capsys, tmp_path):
    assert status("serve", "--store", str(tmp_path), "--host", "0.0.0.0") == 2
    assert "token" in capsys.readouterr().err


def test_nothing_to_serve_is_said(capsys):
    assert status("serve") == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_store_or_the_example_not_both(capsys, tmp_path):
    assert status("serve", "--demo", "--store", str(tmp_path)) == 2
    assert "not both" in capsys.readouterr().err
