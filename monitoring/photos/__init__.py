"""Photos of patients: taken in, sealed, read in a process of their own, shown to who may see them, destroyed."""
