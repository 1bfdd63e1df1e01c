"""The indicators that the portfolio shows: its columns, and what each typology features."""

COLUMNS = ("B01", "C01", "C03", "D01", "E02", "F02", "H02")
FEATURED = {
    "redes_empresariales": ("A02", "A03", "A04", "E02", "C03", "H02"),
    "cluster": ("A01", "A07", "B01", "C02", "I01", "H01"),
    "sistema_territorial": ("I01", "I02", "I03", "I04", "I05", "F02"),
    "cadena_proveedores": ("C05", "C06", "C04", "B03", "E02", "G03"),
}
FEATURED_ANYWHERE = frozenset(COLUMNS) | frozenset(
    code for codes in FEATURED.values() for code in codes
)
