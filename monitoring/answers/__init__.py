"""Answers to presence checks: their photos are read, put together, and become an outcome that is never a verdict."""
