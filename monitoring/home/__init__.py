"""What a patient's page shows and does: above all that is known of somebody at home, and beneath every page."""
