"""Where residents and officials talk in public."""
