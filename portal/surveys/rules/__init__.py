"""What is true of surveys: their questions, when they are open, and how their figures are made."""
