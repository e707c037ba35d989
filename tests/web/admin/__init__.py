"""The pages of administrators, operators and auditors."""
