"""The app: what is shown, page by page. Pages hold no rules; they ask flow."""
