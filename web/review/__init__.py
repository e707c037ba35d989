"""The reviewers' pages: applications and appeals that a person decides, and the papers of applicants."""
