"""`python -m meetextract.cli`."""

from meetextract.cli import main

if __name__ == "__main__":
    main()
