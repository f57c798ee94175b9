"""The source panel: a document beside the conversation, with the quote marked."""
