"""`python -m papers KIND`: see reading.py."""

from papers.reading import main

if __name__ == "__main__":
    main()
