"""What the author wrote, and where. Nothing here knows that rules exist."""
