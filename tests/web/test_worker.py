import base64
import gzip
import json

import pytest

from foedus.errors import InputError, SourceError
from foedus.web import worker


def job(text, **more):
    data = text if isinstance(text, bytes) else text.encode()
    return {"id": "1", "kind": "text", "label": "label", "data": base64.b64encode(data).decode(), **more}


def test_a_text_that_looks_like_a_path_is_a_text(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("The secret plan of the ministry is to wait for the winter.")
    faults = []
    try:
        found = worker.read(job(str(secret)), faults.append)
    except InputError:
        found = []
    assert all("secret plan" not in document.text for document in found)


def test_what_the_giver_says_fills_in_what_the_text_does_not():
    (found,) = worker.read(
        job(
            "Russia sent aid to Iran on Monday. It was received on Tuesday.",
            title="Aid",
            outlet="Wire",
            published="2025-06-16",
        ),
        print,
    )
    assert (found.title, found.outlet, found.published) == ("Aid", "Wire", "2025-06-16")
    assert found.source == "added in the workbench: label"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://host/x", "/etc/passwd", "http://a b", "gopher://x", ""])
def test_only_web_addresses_are_fetched(url):
    with pytest.raises(InputError, match="http"):
        worker.read({"id": "1", "kind": "url", "label": url, "url": url}, print)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/x",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:a00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fd00::1]/",
        "http://100.64.0.1/",
        "http://①②⑦.⓪.⓪.①/",
        "http://127.0.0.1#@example.org/",
        "http://example.org@127.0.0.1/",
        "http://127.0.0.1\\@example.org/",
    ],
)
def test_private_addresses_are_not_fetched(url):
    faults: list[SourceError] = []
    assert worker.read({"id": "1", "kind": "url", "label": url, "url": url}, faults.append) == []
    assert len(faults) == 1


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>',
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>',
        gzip.compress(b"Russia sent aid to Iran. " * 1_000_000),
        gzip.compress(bytes(30_000_000)),
    ],
)
def test_files_that_open_others_or_unpack_without_end_are_refused(content):
    faults: list[SourceError] = []
    assert worker.read(job(content), faults.append) == []
    assert len(faults) == 1
    assert "root:" not in str(faults[0])


def test_a_file_that_cannot_be_read_is_told_under_its_own_name(store):
    said = []
    with pytest.raises(InputError, match=r"^broken\.pdf: ") as told:
        worker.work(store, None, job(b"%PDF-1.4 nothing") | {"label": "broken.pdf"}, said.append)
    assert "bytes" not in str(told.value)


def test_a_line_at_fault_is_told_under_the_name_of_its_file():
    faults: list[SourceError] = []
    worker.read(job(b'{"text": "Norway thanked Sweden."}\n{broken\n'), faults.append)
    (line,) = (worker.told(one, {"label": "wire.jsonl"}) for one in faults)
    assert line.startswith("wire.jsonl line 2: ")


def test_the_work_is_told_step_by_step_and_ends_with_the_documents(store):
    from foedus.model.event import Event

    class Coder:
        version = "x"

        def code_all(self, documents, workers=1):
            return ((one, [Event("RUS", "IRN", "AID", quote=one.text[:4], end=4)]) for one in documents)

    said = []
    worker.work(store, Coder, job("A wholly new report on the talks in Muscat has come in."), said.append)
    assert [one["state"] for one in said if one["state"] != "coding"] == ["reading", "done"]
    assert said[-1]["added"] == 1
    assert store.document(said[-1]["ids"][0]).text.startswith("A wholly new")
    worker.work(store, Coder, job("A wholly new report on the talks in Muscat has come in."), said.append)
    assert (said[-1]["added"], said[-1]["seen"]) == (0, 1)
    assert said[-1]["ids"] == next(one for one in said if one["state"] == "done")["ids"], (
        "what is known is shown where it stands"
    )
    json.dumps(said)


def test_a_text_in_another_language_is_said_to_be_kept_and_not_coded(store):
    class Coder:
        version = "x"

        def code_all(self, documents, workers=1):
            return ((one, []) for one in documents)

    told = []
    text = "Le président russe a condamné les frappes israéliennes contre l'Iran, et la Chine a envoyé des médicaments."
    worker.work(store, Coder, job(text), told.append)
    assert told[-1]["state"] == "done"
    assert told[-1]["faults"] == [
        "label: kept but not coded, since it is in another language (fr); only English is read"
    ]
