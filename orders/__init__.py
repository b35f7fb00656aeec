"""Orders and other acts from the draft to the case file: registers and gapless numbers, visas, signing,
acknowledgement, and the control of what they assign. An order's assignments are measures of a plan.
"""
