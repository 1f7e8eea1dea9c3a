import pytest

from foedus.web.safety import CSRF_COOKIE

TEXT = "Brazil sent aid to Iran on 17 June 2025."


@pytest.fixture
def queued(app):
    """What reached the queue; nothing is read here."""
    found = []

    def add(kind, label, data=b"", url="", **said):
        found.append({"kind": kind, "label": label, "data": data, "url": url, **said})
        return {"id": "7", "kind": kind, "label": label, "state": "waiting", "ids": [], "faults": []}

    app.state.foedus.jobs.add = add
    return found


@pytest.fixture
def post(client):
    client.get("/add")

    def send(data=None, **more):
        form = {"csrf": client.cookies[CSRF_COOKIE], **(data or {})}
        return client.post("/add", data=form, follow_redirects=False, **more)

    return send


def test_a_text_is_queued_with_what_its_giver_says_of_it(post, queued):
    answer = post({"text": TEXT, "title": "Aid", "outlet": "Wire", "published": "2025-06"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/add")
    assert queued == [
        {"kind": "text", "label": "Aid", "data": TEXT.encode(), "url": "", "title": "Aid", "outlet": "Wire", "published": "2025-06"}
    ]  # fmt: skip


def test_htmx_gets_the_line_that_tells_of_the_progress(post, queued, parsed):
    found = parsed(post({"text": TEXT}, headers={"hx-request": "true"}).text)
    assert ("div", "/add/7") in [(tag, a.get("hx-get")) for tag, a in found.tags]
    assert "waits its turn" in found.text


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({}, "either a text or an address"),
        ({"text": "  \n"}, "either a text or an address"),
        ({"text": "a", "url": "http://x.example"}, "either a text or an address"),
        ({"url": "file:///etc/passwd"}, "http:// or https://"),
        ({"url": "javascript:alert(1)"}, "http:// or https://"),
        ({"url": "data:text/html,x"}, "http:// or https://"),
        ({"url": "http://a.example http://b.example"}, "holds no blanks"),
        ({"text": "a", "published": "soon"}, "is no date"),
        ({"text": "a", "published": "2025-02-30"}, "is no date"),
        ({"text": "a", "title": "x" * 301}, "title"),
        ({"url": "http://x.example/" + "x" * 2_000}, "url"),
    ],
)
def test_what_cannot_be_added_is_said_and_queues_nothing(post, queued, parsed, form, says):
    answer = post(form)
    assert answer.status_code == 422
    assert says in parsed(answer.text).text.lower()
    assert queued == []


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("report.txt", "report.txt"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("/etc/passwd", "passwd"),
        ("a\u202etxt.exe", "atxt.exe"),
        ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
        ("x" * 400 + ".txt", "x" * 120),
        ("folder/", "file"),
        ("отчёт.txt", "отчёт.txt"),
    ],
)
def test_the_name_of_a_file_is_a_label_and_never_a_path(post, queued, parsed, name, label):
    answer = post(files={"file": (name, b"Text.")}, headers={"hx-request": "true"})
    assert [one["label"] for one in queued] == [label]
    assert label in parsed(answer.text).text
    assert "<img" not in answer.text


def test_an_empty_file_is_said(post, queued, parsed):
    answer = post(files={"file": ("empty.txt", b"")})
    assert answer.status_code == 422
    assert "The file is empty" in parsed(answer.text).text
    assert queued == []


def test_what_is_refused_does_not_use_up_the_additions_of_the_minute(post, queued):
    for _ in range(8):
        assert post({"text": ""}).status_code == 422
    assert [post({"text": f"Report {n}."}).status_code for n in range(6)] == [303] * 5 + [429]


def test_the_state_of_an_addition_is_told_and_hostile_labels_are_text(client, app, parsed):
    job = {
        "id": "7", "kind": "text", "label": "<script>alert(1)</script>", "state": "failed", "ids": [],
        "message": "it could not be read: <b>x</b>", "faults": ["<i>fault</i>"],
    }  # fmt: skip
    app.state.foedus.jobs.all = lambda: [job]
    app.state.foedus.jobs.get = lambda _: job
    for path in ("/add", "/add/7"):
        answer = client.get(path)
        assert "could not be added" in answer.text
        assert "<b>x</b>" in parsed(answer.text).text
        for raw in ("<script>alert", "<b>x", "<i>fault"):
            assert raw not in answer.text


def test_what_is_done_leads_to_the_documents_whatever_they_are_called(client, app, parsed):
    job = {
        "id": "7", "kind": "text", "label": "x", "state": "done", "ids": ["a/b?c#d", "wire"], "faults": [], "added": 2, "seen": 1,
        "events": 3,
    }  # fmt: skip
    app.state.foedus.jobs.get = lambda _: job
    found = parsed(client.get("/add/7").text)
    links = [a["href"] for tag, a in found.tags if tag == "a" and a.get("href", "").startswith("/desk/")]
    assert links == ["/desk/a%2Fb%3Fc%23d", "/desk/wire"]
    assert "2 documents added with 3 events; 1 known already" in found.text


def test_an_addition_that_is_not_known_is_said(client, parsed):
    answer = client.get("/add/none")
    assert answer.status_code == 404
    assert "No such addition is known" in parsed(answer.text).text


def test_without_a_token_set_nobody_can_log_in(client, parsed):
    client.get("/login")
    form = {"token": "", "csrf": client.cookies[CSRF_COOKIE]}
    answer = client.post("/login", data=form)
    assert answer.status_code == 401
    assert "That is not the token" in parsed(answer.text).text


def test_several_files_are_each_taken_or_refused_for_themselves(post, queued, parsed):
    files = [
        ("file", ("a.txt", b"Russia sent aid.")),
        ("file", ("b.txt", b"")),
        ("file", ("c.txt", b"China sent aid.")),
    ]
    found = parsed(post(files=files, headers={"hx-request": "true"}).text)
    assert [one["label"] for one in queued] == ["a.txt", "c.txt"]
    assert "b.txt \u2014 could not be added" in " ".join(found.text.split())
    assert "the file is empty" in found.text


def test_no_file_chosen_is_said(post, queued):
    answer = post(files=[("file", ("", b""))], headers={"hx-request": "true"})
    assert answer.headers["x-foedus-fault"] == "choose a file first"
    assert queued == []
