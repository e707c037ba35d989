"""What `make demo` adds to `make run`: an invented town whose day is played through the carrier's telephones."""
