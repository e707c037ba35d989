"""How staff sign in: password and one-time code, or a passkey; enrolment, sessions, locks."""
