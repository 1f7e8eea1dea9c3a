from __future__ import annotations

from foedus.reading.read import read

PAGE = """---
title: "A Treaty Tested"
author:
  - Jane Doe
  - John Roe
date: 2024-03-05
source: The Daily Post
url: https://example.org/a
tags: [war, peace]
---

# A Treaty Tested

Russia **refused** to help [Armenia](https://example.org/armenia), said *Le Monde*.

<!-- hidden -->

## What next?

- Talks go on in Tbilisi.
- Baku waits for an answer, it said.

```
Iran attacked Iraq.
```

> Nobody will come, said the minister.
"""


def test_front_matter_and_marks() -> None:
    document = read(PAGE.encode())
    assert document.format == "markdown"
    assert (document.title, document.byline, document.outlet) == (
        "A Treaty Tested",
        "Jane Doe, John Roe",
        "The Daily Post",
    )
    assert (document.published, document.url) == ("2024-03-05", "https://example.org/a")
    assert document.extra["tags"] == "war, peace"
    assert document.text == (
        "Russia refused to help Armenia, said Le Monde.\n\nWhat next?\n\nTalks go on in Tbilisi.\nBaku waits for an answer, it said."
        "\n\nNobody will come, said the minister."
    )
    assert document.original == PAGE


def test_underscores_and_stars_inside_words_stay() -> None:
    document = read(b"# Title here\n\nThe file a_b_c and 2*3*4 stay. So does S_400 and snake_case_name.\n")
    assert "a_b_c and 2*3*4 stay" in document.text
    assert "snake_case_name" in document.text
