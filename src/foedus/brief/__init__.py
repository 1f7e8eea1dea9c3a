"""The report: one model, four faces (terminal, HTML, Markdown, JSON)."""
