"""Reading what people send: photos and PDFs, in a process of its own that can do nothing but answer.

`python -m papers` (reading.py) gets a file on its standard input and answers with pages drawn anew, as JPEG without
anything that was hidden in the file. reader.py starts it; keeping.py is what the worker calls. It knows no key, has no
environment, and opens no file and no connection once it has begun: limits.py.
"""
