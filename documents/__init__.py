"""Documents and the files that prove things: dossiers, requisites, versions, storage by SHA-256, previews.

A measure, an order, a report and a sitting own a dossier each; documents know dossiers and never what
owns them. What was uploaded is kept for good under the hash of its content, a correction is a new
version beside the old one, and nothing that came from outside is parsed in the web process.
"""
