"""Data sets of others, row by row, with their quirks: GDELT, ICEWS, POLECAT, ACLED, UCDP GED, PLOVER, our own."""
