"""Everything a parent can do, as functions; the window and the command line both call these and nothing deeper."""
