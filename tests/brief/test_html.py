from __future__ import annotations

import base64
import re
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from foedus.brief.build import build
from foedus.brief.html import render


class Page(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.tags, self.attributes, self.open = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.extend((tag, name, value) for name, value in attrs)
        known = dict(attrs)
        if "id" in known:
            self.ids.append(known["id"])
        if tag == "a":
            self.links.append(known.get("href"))


@pytest.fixture(params=["a03", "a09", "b12", "c03", "c06", "c12", "c24"])
def page(request, gold):
    return render(build([gold[request.param]]))


def test_every_link_leads_to_a_place_on_the_page(page):
    read = Page(page)
    assert len(read.ids) == len(set(read.ids)), "an id stands twice"
    missing = {link for link in read.links if link[1:] not in read.ids or not link.startswith("#")}
    assert not missing


def test_an_answer_without_a_chart_links_nowhere(gold, monkeypatch):
    monkeypatch.setattr("foedus.brief.build.MOST_PAIRS", 1)
    read = Page(render(build([gold["c06"], gold["c12"]])))
    assert not {link for link in read.links if link[1:] not in read.ids}


def test_the_page_needs_no_network_and_allows_only_its_own_style_and_script(page):
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert "@import" not in page
    assert "url(http" not in page
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1].replace("&#39;", "'")
    assert "default-src 'none'" in policy
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(sha256(inside.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert not [name for _, name, _ in Page(page).attributes if name.startswith("on") or name == "style"]


def test_nothing_from_a_source_is_live(story, hostile):
    strike = {"actor": "USA", "recipient": "IRN", "type": "ASSAULT", "speaker": "USA", "speaker_name": hostile}
    blame = {"actor": "RUS", "recipient": "USA", "type": "ACCUSE", "spans": {"actor": "Russia", "act": "condemned"}}
    blame["spans"] = {"actor": "Russia"}
    coded = story(
        [(f"America bombed Iran {hostile}.", [strike]), (f"Russia condemned the attack {hostile}, it may act.", [blame])],
        title=hostile, byline=hostile, outlet=hostile, url="javascript:alert(1)", source=f"/tmp/{hostile}",
    )  # fmt: skip
    text = render(build([coded], faults=[hostile]))
    assert text.count("<script") == 1
    read = Page(text)
    assert read.tags.count("script") == 1
    assert not [name for _, name, _ in read.attributes if name.startswith("on")]
    assert "49" not in re.findall(r"onload=x (\S+)", text), "template syntax in a source was run"
    assert not [link for link in read.links if not link.startswith("#")]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_marks_have_a_cue_beside_colour(page):
    for role in ("actor", "act", "recipient", "speaker"):
        rule = re.search(rf"mark\.{role} {{([^}}]+)}}", page)[1]
        assert "text-decoration-style" in rule


def test_hatched_hollow_and_behalf_blocks_are_drawn_and_named(story):
    acts = [
        {"actor": "USA", "recipient": "IRN", "type": "ASSAULT", "date": "2025-06-22"},
        {"actor": "RUS", "recipient": "USA", "type": "ACCUSE", "date": "2025-06-22"},
        {"actor": "RUS", "recipient": "IRN", "type": "AID", "polarity": "negative", "date": "2025-06-23"},
        {"actor": "RUS", "recipient": "IRN", "type": "COOPERATE", "modality": "hypothetical", "date": "2025-06-24"},
        {"actor": "RUS", "recipient": "IRN", "type": "AGREE", "date": "2025-06-25"},
    ]
    text = render(build([story([(f"Sentence {place} about the attack.", [act]) for place, act in enumerate(acts)])]))
    chart = text[text.index('<svg class="chart"') : text.index("</figure>")]
    for classes in ("b behalf solid", "b for hollow", "b for hatched"):
        assert f'<rect class="{classes}"' in chart
    assert '<path class="b for solid"' in chart, "a promise is a diamond"
    assert "Russia criticised the United States; 22 June 2025, on the client" in chart
    assert 'class="attack"' in chart
