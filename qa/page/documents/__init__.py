"""The documents of the library: listed, searched, added and removed."""
