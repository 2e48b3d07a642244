"""The conditions of every amount as files, from which the page 我能申领什么 answers."""
