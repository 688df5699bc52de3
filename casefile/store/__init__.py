"""The case folder on disk: one database, the originals, and the record of every change."""
