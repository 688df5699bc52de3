"""The window: the only package that knows Qt. It calls the services and nothing deeper."""
