"""From files to claims: read, validate, and say what each record claims."""
