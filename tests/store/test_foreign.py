"""Documents that a run has added in another language are named, and no others."""

from __future__ import annotations

from typing import Any

from foedus.store import foreign
from foedus.store.store import Store


def test_only_what_this_run_added_in_another_language_is_named(store: Store, coder: Any, report: Any) -> None:
    store.add([report("Chile schickte am Montag Hilfe nach Peru.", title="Hilfe", language="de")], coder)
    told = store.add(
        [
            report("Le Chili a envoyé une aide au Pérou.", title="Aide", language="fr"),
            report("Chile sent aid to Peru on Monday.", title="Aid", language="en"),
            report("RUS AID IRN today.", title="Unknown"),
        ],
        coder,
    )
    assert foreign.added(store.folder, told.run) == ["Aide: in another language (fr); only English is coded"]
    assert foreign.added(store.folder, told.run + 1) == []
