"""How it is shown: codes become words, view data becomes pages, tables and lines."""
