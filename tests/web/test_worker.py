import base64
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
    ],
)
def test_private_addresses_are_not_fetched(url):
    faults: list[SourceError] = []
    assert worker.read({"id": "1", "kind": "url", "label": url, "url": url}, faults.append) == []
    assert len(faults) == 1


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
