"""What the page Link analysis is made of: a module for each of its tabs, and what several of them need."""
