"""Documents to passages to a library; questions to cited answers; the command line, the page and the evaluation."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Read when NumPy is first imported. A question's products take a third of a millisecond by one thread, and up to sixteen where several wait for each other on busy cores."""
