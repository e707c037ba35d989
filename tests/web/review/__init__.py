"""The reviewers' pages, and the applicant's page of papers."""
