"""The carrier's voice: TwiML for calls, read and done; a call is a small program that waits without a thread."""
