"""The bundle of evidence on paper: every file made into pages, joined, numbered, checked and sealed."""
