"""The page ``report.html``: everything that a sweep says, in one file that can be mailed."""
