"""A graph in other formats: RDF, networks, tables, annotations, events. The same graph gives the same bytes.

`FORMATS` are written to a stream, `FOLDER_FORMATS` into a folder.
"""

from kg.export.formats import (
    FOLDER_FORMATS,
    FORMATS,
    FolderFormat,
    Format,
    export_folder,
    export_graph,
    list_formats,
)
from kg.export.networks import write_cytoscape
from kg.export.partition import export_parts
from kg.network.xml import write_gexf, write_graphml

__all__ = [
    "FOLDER_FORMATS",
    "FORMATS",
    "FolderFormat",
    "Format",
    "export_folder",
    "export_graph",
    "export_parts",
    "list_formats",
    "write_cytoscape",
    "write_gexf",
    "write_graphml",
]
