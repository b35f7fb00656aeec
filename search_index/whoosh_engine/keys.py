"""Keys of things as numbers: «document:12» is 12 × 16 plus the place of «document» in the list."""

#: What can be found. Only ever grows at its end: numbers in the index name these by place.
SORTS = ("document", "measure", "plan", "report", "order", "minutes", "sitting", "remark")


def uid_of(key: str) -> int:
    """The number of a key; a key of an unknown sort is a fault of the program."""
    sort, number = key.split(":")
    return int(number) * 16 + SORTS.index(sort)


def key_of(uid: int) -> str:
    """The key of a number."""
    return f"{SORTS[uid % 16]}:{uid // 16}"
