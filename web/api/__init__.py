"""The JSON API for machines: cameras, turnstiles, taxi dispatchers. No cookies, no forms, a key each; docs/api.md."""
