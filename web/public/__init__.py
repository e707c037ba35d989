"""Pages for everybody, kept by whoever wants: no cookies, no scripts, the same for all who speak a language."""
