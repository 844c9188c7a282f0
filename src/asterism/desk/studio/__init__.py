"""What people do in the studio, one function per intention, each for a seat: load, apply the rules, save, record."""
