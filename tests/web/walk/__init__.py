"""Every page of every role, filled with what people leave behind."""
