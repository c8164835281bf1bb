"""`kg serve`: a SPARQL 1.1 endpoint over the graph in a folder, and its page.

    request -> protocol -> pool -> worker process over a snapshot -> file -> answer

Queries run in processes that are killed at their limit; what they find goes to a file, and from there to the client,
so that neither an endless query nor a large result nor a slow reader holds the server.
"""
