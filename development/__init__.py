"""What `make run` adds on a development machine: made-up secrets, a Valkey, one terminal for all processes."""
