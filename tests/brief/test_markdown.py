from __future__ import annotations

import re

from foedus.brief.build import build
from foedus.brief.markdown import escape, render


def test_sections_stand_in_order_and_references_lead_somewhere(gold):
    text = render(build([gold["c03"]]))
    heads = re.findall(r"^## (\d)", text, re.MULTILINE)
    assert heads == ["1", "2", "3", "4", "5", "6", "7"]
    anchors = set(re.findall(r'<a id="([^"]+)">', text))
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


def test_nothing_from_a_source_is_markup(story, hostile):
    strike = {"actor": "USA", "recipient": "IRN", "type": "ASSAULT"}
    text = render(build([story([(f"America bombed Iran {hostile}.", [strike])], title=hostile)]))
    assert not re.search(r"(?<!\\)<(?!a id=|/a>|sub>|/sub>)", text)
    assert "javascript:alert" not in text


def test_escape_keeps_the_words():
    assert escape("*a* _b_ <c> | [d](e)") == r"\*a\* \_b\_ \<c\> \| \[d\](e)"
    assert escape("1. one") == r"1\. one"
