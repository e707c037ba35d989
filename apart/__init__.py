"""Reading what people send in a process of its own: what all such processes share. It knows nothing of us.

starting.py   starts one with none of our environment, hands the file over through a pipe, kills it when it takes long
limits.py     what the process gives up before it looks at the first byte
kinds.py      which kind of photo a file is
pictures.py   photos, decoded no larger than needed and turned upright
"""
