"""The explorer: a graph as one HTML file that needs nothing else.

    store -> facts -> part -> data -> page

`facts` reads what a page can show, `choose` keeps the most mentioned part of a graph that is too large, `data` puts it
into the form that `kg/web/src/data.ts` describes, with places from `layout` and names from `names`; `page` puts that
and the bundled front end into HTML.
"""

from kg.view.choose import Limits
from kg.view.data import render_data
from kg.view.page import NO_BUNDLE, find_bundle, render_page, write_page

__all__ = ["NO_BUNDLE", "Limits", "find_bundle", "render_data", "render_page", "write_page"]
