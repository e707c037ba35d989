"""Pages and public answers: one blueprint an audience."""
