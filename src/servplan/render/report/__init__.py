"""Reports as pages: a module a family of sections, put together in `page`."""
