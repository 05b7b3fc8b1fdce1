"""Scheduled exports: a file of jobs, run at their times, each run whole or not at all."""
