"""State-years, dyad-years, state-days and dyad-disputes, with columns joined in a chain.

panel = foedus.panel.dyad_years(1816, 2010, world="data").with_alliances().with_capabilities()
panel.to_parquet("dyads.parquet"); print(panel.cite())
"""

from __future__ import annotations

from foedus.panel.build import dyad_disputes, dyad_years, state_days, state_years
from foedus.panel.frame import Panel

__all__ = ["Panel", "dyad_disputes", "dyad_years", "state_days", "state_years"]
