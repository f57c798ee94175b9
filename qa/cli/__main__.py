"""`python -m qa.cli` is `bronvraag`."""

from qa.cli.program import main

main()
