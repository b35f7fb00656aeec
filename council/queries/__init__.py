"""What of councils and sittings may be read, by whom."""
