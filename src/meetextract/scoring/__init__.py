"""How good extraction is: records against gold, floors that it must hold, and what changed between two runs.

`measure` scores all kinds, `floors` pins what was reached, `diff` compares two runs; `kinds` says what counts as right.
"""
