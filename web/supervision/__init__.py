"""The supervisors' pages: the team, calls to hear again, locked officers, alarms."""
