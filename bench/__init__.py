"""How fast, how big, how it behaves under too much: `make bench`, against a bare Flask floor on the same servers."""
