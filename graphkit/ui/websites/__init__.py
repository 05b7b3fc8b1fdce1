"""What the page Websites is made of."""
