import numpy as np

from embeddings import unit_rows


def test_rows_are_scaled_to_length_1() -> None:
    rows = unit_rows(np.array([[3.0, 4.0], [0.0, -2.0]]))
    np.testing.assert_allclose(rows, np.array([[0.6, 0.8], [0, -1]]), rtol=1e-7)


def test_a_row_of_zeros_stays_zero() -> None:
    assert unit_rows(np.array([[0.0, 0.0], [1.0, 0.0]])).tolist() == [[0, 0], [1, 0]]


def test_unit_rows_of_int8_are_float32() -> None:
    rows = unit_rows(np.array([[-128, 0]], dtype=np.int8))
    assert (rows.dtype, rows.tolist()) == (np.dtype(np.float32), [[-1, 0]])


def test_the_rows_passed_in_are_left_as_they_were() -> None:
    rows = np.array([[3, 4]], dtype=np.float32)
    unit_rows(rows)
    assert rows.tolist() == [[3, 4]]


def test_no_rows_give_no_rows() -> None:
    assert unit_rows(np.empty((0, 5), dtype=np.float32)).shape == (0, 5)
