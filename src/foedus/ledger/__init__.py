"""Words and deeds of one third state, by pair and time."""
