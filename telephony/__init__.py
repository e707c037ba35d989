"""Everything Twilio: signed webhooks in, conversation, texts out, receipts."""
