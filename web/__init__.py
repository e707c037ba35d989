"""Pages: one blueprint an audience, each with its own guard."""
