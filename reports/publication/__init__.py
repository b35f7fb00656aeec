"""What the public sees: published reports and plans without personal data, as pages, files and open data."""
