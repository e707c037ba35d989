"""Movement codes and passes: what may be issued, and is this one good."""
