"""What the desk knows about: the tables, the values that leave services, the rules over them."""
