"""The shipped models: plain numbers in JSON and npz, each with a version and a card, loadable side by side."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

from foedus.assess.joining import Logit
from foedus.assess.ladder import Ladder
from foedus.assess.sources import Floats
from foedus.errors import ModelError

LATEST: Final = "1"


@dataclass(frozen=True)
class Model:
    """One version of the estimate.

    `joining` with `covariance` (weights, then intercept), `wander` (how far the level strays) and `shift` (the level's
    correction as last known); `war_shift` is what a dispute's growing into a war adds to the log odds; `force_share` and
    `show_share` say how many joiners used force, or showed or threatened it; `usual_rate` is the log of joins per
    chance. `bands` hold how forecasts of each size fared out of time.
    """

    version: str
    joining: Logit
    covariance: Floats
    wander: float
    shift: float
    war_shift: float
    force_share: float
    usual_rate: float
    ladder: Ladder
    ladder_covariance: Floats
    ladder_wander: float
    fitted: dict[str, Any]
    bands: tuple[dict[str, Any], ...]

    @property
    def base(self) -> float:
        """Log odds of joining for a state of which nothing is known: the intercept at the last known level."""
        return self.joining.intercept + self.shift


def versions() -> list[str]:
    """Versions that are shipped, oldest first."""
    names = [item.name for item in files("foedus.assess").joinpath("models").iterdir()]
    return sorted((name[len("assess-") : -len(".json")] for name in names if name.endswith(".json")), key=int)


@lru_cache(maxsize=4)
def load(version: str = LATEST) -> Model:
    """A shipped model. Raises ModelError where there is none of that version or its files are damaged."""
    folder = files("foedus.assess").joinpath("models")
    try:
        plain = json.loads(folder.joinpath(f"assess-{version}.json").read_text(encoding="utf-8"))
        with folder.joinpath(f"assess-{version}.npz").open("rb") as file:
            arrays = np.load(file, allow_pickle=False)
            covariance, ladder_covariance = (arrays[name].astype(np.float64) for name in ("covariance", "ladder"))
        model = Model(
            version=plain["version"],
            joining=Logit.from_dict(plain["joining"]),
            covariance=covariance,
            wander=plain["wander"],
            shift=plain["shift"],
            war_shift=plain["war_shift"],
            force_share=plain["force_share"],
            usual_rate=plain["usual_rate"],
            ladder=Ladder.from_dict(plain["ladder"]),
            ladder_covariance=ladder_covariance,
            ladder_wander=plain["ladder_wander"],
            fitted=plain["fitted"],
            bands=tuple(plain["bands"]),
        )
    except FileNotFoundError:
        raise ModelError(f"no estimate of version {version!r} is shipped; use one of {', '.join(versions())}") from None
    except (ValueError, KeyError, OSError) as error:
        raise ModelError(
            f"the estimate of version {version} is damaged ({error}); reinstalling Foedus repairs it"
        ) from error
    if covariance.shape != (len(model.joining.names) + 1,) * 2:
        raise ModelError(f"the estimate of version {version} is damaged; reinstalling Foedus repairs it")
    return model
