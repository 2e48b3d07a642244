"""Turns a knowledge base into a folder of static pages."""
