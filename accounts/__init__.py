"""People, organisations (a tree: region, municipality, institution), grants, sessions and sign-in.

A grant is one role of one person on one organisation and reaches its whole subtree; an executor's
grant reaches the organisation itself. Rights are read at every request.
"""
