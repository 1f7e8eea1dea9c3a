"""From a source to documents: one module a format, and the steps that every format shares."""
