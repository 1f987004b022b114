"""Made-up people and what passes between them and the house: from a seed and a number, values.

Pure and the same everywhere: what a number stands for depends on the seed and on nothing else, so
that the first people of a larger crowd are those of a smaller one. Nobody in it exists.
"""
