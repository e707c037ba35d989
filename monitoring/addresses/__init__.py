"""Where people live: a register or a layer of buildings, imported, searched, drawn."""
