"""Reading articles from files, and dividing their text into blocks."""
