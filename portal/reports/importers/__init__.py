"""What can be brought in from other systems: their exports become reports with their own history."""
