"""The directory of bodies outside the city government: what they answer for, and how to reach them."""
