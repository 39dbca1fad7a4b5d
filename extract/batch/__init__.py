"""Many notices: which files, read by all cores, kept so that they need not be read again, put into one package in order."""
