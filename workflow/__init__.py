"""How things move: the grammar of a lifecycle, one table per lifecycle, and the three questions asked of it.

`why_not` says what stands in the way, `perform` moves, `offers` lists the moves to show. Buttons, the
API, the journal, diagrams, documentation, CHECK constraints and the test matrix derive from the tables.
"""
