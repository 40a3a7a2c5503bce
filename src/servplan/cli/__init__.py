"""The command line: parses and delegates; one thin module a command or family."""
