"""`Encoder`: an encoder's graph, run by ONNX Runtime on the processor.

Each run keeps to the thread that asks for it. Threads that share one run wait actively for each other after every operator: a question of twenty tokens took 27
processor milliseconds by two of them and 16 by one. Whoever has much to encode runs several at once.
"""

from typing import Self

import numpy as np
import onnxruntime

from embeddings.arrays import Float32Array, Int64Array
from embeddings.encoder_graph import EMBEDDED, HIDDEN, MASK, EncoderGraph
from embeddings.exceptions import ModelError


class Encoder:
    """From embedded tokens to hidden states. Safe to use from several threads."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session

    @classmethod
    def load(cls, graph: EncoderGraph) -> Self:
        """Return the encoder of a graph, ready to run.

        Raises:
            ModelError: ONNX Runtime does not take the graph.
        """
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3  # errors; they are raised as well
        options.intra_op_num_threads = 1
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(weight) for weight in graph.weights.values()]
        options.add_external_initializers(list(graph.weights), values)
        try:
            return cls(onnxruntime.InferenceSession(graph.model, options, providers=["CPUExecutionProvider"]))
        except Exception as error:  # the library has a class for each way to fail, all of them straight from Exception
            raise ModelError(
                f"ONNX Runtime {onnxruntime.__version__} cannot run the embedded model: {_first_line(error)}"
            ) from error

    def encode(self, embedded: Float32Array, n_tokens: Int64Array) -> Float32Array:
        """Return the last hidden states of texts.

        Args:
            embedded: `(n_texts, longest, dim)` float32, the sums of embeddings; what follows a shorter text does not matter.
            n_tokens: `(n_texts,)` int64, how many tokens each text has.

        Returns:
            `(n_texts, longest, dim)` float32; rows past a text's own mean nothing.
        """
        mask = (np.arange(embedded.shape[1]) < n_tokens[:, None]).astype(np.int32)
        hidden: Float32Array = self._session.run([HIDDEN], {EMBEDDED: embedded, MASK: mask})[0]
        return hidden


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
