"""What each command shows on a terminal: view data in, blocks out."""
