"""Words of the larger rooms, a file each: ``word("html.title", …)`` is ``title`` in ``html``. Loaded when first used."""
