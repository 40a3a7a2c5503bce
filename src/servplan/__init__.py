"""Keep a municipality's plan honest: YAML records in git, read as a ledger."""

__version__ = "0.1.0"
