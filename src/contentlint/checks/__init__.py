"""One module a way of looking; a check is found because its module is here."""
