"""`python -m monitoring.selfie FOLDER COUNT`: see reading.py."""

from monitoring.selfie.reading import main

if __name__ == "__main__":
    main()
