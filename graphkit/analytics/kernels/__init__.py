"""What is computed on links as arrays: numbers in, numbers out. Loops run compiled and without Python's lock."""
