"""How well the tool reads: its tables against tables made by hand, by table and by attribute."""
