"""The frame around the views: header, layout, theme, and mounting in the server."""
