"""The columns of a panel, one module a kind of source."""
