"""``python -m fireaudit``."""

from fireaudit.cli import run

if __name__ == "__main__":
    run()
