"""The patient's page: what a link in a text opens. Without an app, and nearly all of it without scripts."""
