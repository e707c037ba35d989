"""Sentences by whom or what they are about, written and spoken side by side; `language.templates` has all of them."""
