"""The verbs of the room. Each commits as a whole or not at all and says in the journal who did it."""
