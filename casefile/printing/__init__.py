"""Our records on paper: letters, drawn pages and bundles. The only package that makes PDF and Word files."""
