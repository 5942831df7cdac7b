"""The check language: relations over cells, parsed, evaluated over intervals, explained."""
