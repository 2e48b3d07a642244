"""The taggers: one spaCy component a kind of fact, each stating what it requires and assigns."""
