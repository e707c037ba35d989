"""What people decide: applications with their papers, and appeals."""
