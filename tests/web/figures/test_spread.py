from foedus.web.figures.spread import coalition

ASK = "attacked=IRN&by=ISR&on=2025-06-13"


def test_shares_are_of_the_same_runs_as_the_summary(reader):
    told = reader.get(f"/api/figures/spread?{ASK}").json()
    joiners = [row["share"] for row in told["rows"] if row["what"] == "joiners"]
    assert abs(sum(joiners) - 1) < 0.001
    chances = {row["item"]: row["share"] for row in told["rows"] if row["what"] == "chance"}
    assert chances["at least one third state joins"] == round(1 - joiners[0], 5)
    shares = [row["share"] for row in told["rows"] if row["what"] == "state"]
    assert shares == sorted(shares, reverse=True)
    assert "pivotal" in told["summary"]


def test_the_part_of_the_page_draws_what_the_figure_says(reader, parsed):
    found = parsed(reader.get(f"/crisis/spread?{ASK}").text)
    assert "How many join" in found.text
    assert "ivotal" in found.text
    assert sum(tag == "rect" for tag, _ in found.tags) >= 4


def test_an_outcome_in_words():
    assert coalition({"attacked_side": [], "attackers_side": []}) == "nobody joins"
    both = coalition({"attacked_side": ["RUS", "CHN"], "attackers_side": ["GBR"]})
    assert both == "Russia and China for the attacked; United Kingdom for the attackers"
