"""From the text of an act to the assignments it may hold: proposals for a person, never decisions.

`text` reads numbered items of orders and of «РЕШИЛИ» in minutes, `reading` joins them with the schedule
table of an annex. Needs no database; everything here may run in a limited process.
"""
