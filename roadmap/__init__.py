"""Plans, sections and measures: who does what, by when, and which document proves it.

The room reads roadmaps out of the tables people have (reading/), understands Russian due periods
(periods.py), keeps plans and measures, and takes the executors' answers.
"""
