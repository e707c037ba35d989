"""Passes by e-mail: worded, drawn, handed to an SMTP server; telephony's sister for the outbox of mails."""
