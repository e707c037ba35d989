"""The officers' page, installable and good without network, and how they sign in for a shift; /q, for everybody."""
