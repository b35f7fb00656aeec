"""The command of this part: the public pages as files."""

from pathlib import Path

import click

from reports.publication import pages
from reports.publication.export import export_site


@click.command("export-site")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder.")
@click.option(
    "--address", default="", help="Where the folder will lie on the web; needed by feed and schema."
)
def export_site_command(out: Path, address: str) -> None:
    """Write the public pages, files and open data of everything published into a folder."""
    count = export_site(out, address=address or pages.address())
    click.echo(f"{out}: {count} publications")
