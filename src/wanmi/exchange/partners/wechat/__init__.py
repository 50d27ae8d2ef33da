"""A WeChat official account: its message endpoint, and customer-service messages out."""
