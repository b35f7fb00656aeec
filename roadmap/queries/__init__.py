"""Reading plans and measures. Every list is ordered and shows only what `seen_by` may see."""
