"""The ends of what is known of people at home: photos, faces, cases; destroyed on time, counted, and proved."""
