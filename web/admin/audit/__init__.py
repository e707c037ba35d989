"""The audit as auditors search it: entries, their place in the chain, who looked at whom."""
