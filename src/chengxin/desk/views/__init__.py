"""The workbench's pages: read the request, call one verb, answer."""
