"""What the room does when it hears news."""
