"""How answers are said, in both languages, wherever they are shown."""
