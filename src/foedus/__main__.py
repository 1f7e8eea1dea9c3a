"""`python -m foedus` is the `foedus` command, where its script is not on the path."""

from foedus.cli.main import run

if __name__ == "__main__":
    run()
