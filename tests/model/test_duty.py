from __future__ import annotations

import json

from foedus.model.duty import Duty
from foedus.model.treaty import Clause, Party, Treaty

PACT = Treaty(
    id="a-b", title="Pact", kind="alliance", parties=(Party("AAA"), Party("BBB")), signed="1900-01-01", start="1900",
    end=None, clauses=(), source="a book",
)  # fmt: skip


def test_plain_values_tell_treaty_and_clause():
    duty = Duty(
        "AAA", "BBB", "attacked", "defend", "triggered", PACT, Clause("defense", "help", "Article 1"), "Because."
    )
    plain = duty.to_dict()
    assert (plain["treaty"], plain["article"], plain["clause"]) == ("a-b", "Article 1", "defense")
    assert json.loads(json.dumps(plain)) == plain


def test_a_treaty_without_a_clause_that_bears_has_none():
    plain = Duty("AAA", "BBB", "attacked", "none", "not triggered", PACT, None, "It holds none.").to_dict()
    assert plain["clause"] is plain["article"] is plain["says"] is None
