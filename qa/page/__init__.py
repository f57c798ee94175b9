"""The chat page: it shows answers with their citations and, beside them, the cited documents. Nothing is computed here."""
