"""Pages of organisations: their account, their lists, their workers; and those on which reviewers decide about them."""
