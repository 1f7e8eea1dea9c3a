from foedus.web.ask import Ask
from foedus.web.first import First, FirstViews
from foedus.web.shelf import Shelf

FIRST = First("Iran", "<p>body</p>")


def test_a_first_view_is_there_at_the_next_start_and_for_its_question_alone(store, tmp_path):
    shelf = Shelf(store)
    FirstViews(shelf, tmp_path / "kept").keep(Ask(), FIRST, str(shelf.stamp()))
    again = FirstViews(Shelf(store), tmp_path / "kept")
    assert again.get(Ask()) == FIRST
    assert again.get(Ask(since="2025-06-13")) is None


def test_it_is_not_shown_once_a_review_came_in_nor_of_another_store(store, tmp_path, event_ids):
    shelf = Shelf(store)
    views = FirstViews(shelf, tmp_path / "kept")
    views.keep(Ask(), FIRST, str(shelf.stamp()))
    review = store.review(event_ids["wire", "CHN", "AID"], "down")
    assert views.get(Ask()) is None
    store.undo_review(review.id)
    assert views.get(Ask()) is None, "taken back is not the same as never said"


def test_a_view_of_an_earlier_state_is_not_kept_as_one_of_now(store, tmp_path, event_ids):
    shelf = Shelf(store)
    stamp = str(shelf.stamp())
    store.review(event_ids["wire", "CHN", "AID"], "down")
    views = FirstViews(shelf, tmp_path / "kept")
    views.keep(Ask(), FIRST, stamp)
    assert views.get(Ask()) is None


def test_a_broken_or_strange_file_is_no_first_view(store, tmp_path):
    shelf = Shelf(store)
    views = FirstViews(shelf, tmp_path / "kept")
    views.keep(Ask(), FIRST, str(shelf.stamp()))
    (file,) = (tmp_path / "kept").glob("*.json")
    for text in ("", "{", "[]", '{"of": 1}'):
        file.write_text(text)
        assert views.get(Ask()) is None


def test_a_place_that_cannot_be_written_is_no_fault(store, tmp_path):
    (tmp_path / "file").write_text("")
    shelf = Shelf(store)
    FirstViews(shelf, tmp_path / "file" / "kept").keep(Ask(), FIRST, str(shelf.stamp()))
