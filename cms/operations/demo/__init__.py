"""`make demo`: an example set up from nothing in DATA_DIR and served on one port."""
