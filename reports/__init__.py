"""Execution reports: assembly of the data as of a date, and rendering of that data to .docx and PDF.

Rendering (render, template_check, pdf and their siblings) is pure: it knows neither Flask nor the
database. Templates and the values that go into them are hostile; both meet only in the limited
subprocess of core.limited.
"""
