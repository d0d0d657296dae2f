"""What the city plans together with its residents, from the first idea to the evaluation."""
