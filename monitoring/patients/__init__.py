"""Patients at home: admitted, let in by links and devices, heard, told, and the end."""
