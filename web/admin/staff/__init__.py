"""Administration of the people who work on pages: their accounts and roles."""
