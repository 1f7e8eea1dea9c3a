import numpy as np
from threadpoolctl import threadpool_info

from foedus.coding.threads import one_thread


def threads():
    np.ones((2, 2)) @ np.ones((2, 2))
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]


def test_linear_algebra_stays_on_one_thread_inside_and_is_as_before_afterwards():
    before = threads()
    with one_thread():
        assert set(threads()) == {1}
    assert threads() == before
