from __future__ import annotations

import json

from foedus.brief.build import build


def test_the_whole_model_is_plain_values(gold):
    model = build([gold["c03"]])
    plain = json.loads(json.dumps(model.to_dict()))
    assert plain["title"] == model.title
    assert len(plain["answers"]) == len(model.answers)
    assert plain["mediation"] == []
    anchors = {sentence.anchor for view in model.documents for part in view.paragraphs for sentence in part.sentences}
    assert {told.anchor for row in model.timeline for told in row.evidence} <= anchors
