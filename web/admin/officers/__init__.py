"""Administration of police officers: who serves where, PINs, locks, and their way in to pages."""
