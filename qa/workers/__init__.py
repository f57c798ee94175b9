"""Reading files in processes of their own, within limits. Import from the modules: a worker starts with this package and loads no more than it needs."""
