"""The server: the page, and beside it the doors for programs (REST) and for assistants (MCP), behind the same checks."""
