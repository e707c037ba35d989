"""Plots, maps and files of maps, each in a short-lived process of its own: nobody else holds matplotlib or geopandas.

`python -m plotting` draws charts, `python -m plotting.maps` maps; `python -m plotting.layers` reads files of maps,
`python -m plotting.places` registers of addresses. Each reads JSON and writes JSON. `plotting.process` starts them and
believes them nothing.
"""
