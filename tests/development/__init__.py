"""What `make run` and `make demo` add on a development machine."""
