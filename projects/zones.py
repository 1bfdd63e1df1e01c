"""The time zone by whose calendar a project's days end: that of the capital of the country from
which it is executed, unless it is set otherwise.
"""

from collections.abc import Collection

UTC = "UTC"

# The one table from a country (ISO 3166) to a zone (IANA): the capital's where it has several.
CAPITALS = {
    # Latin America and the Caribbean
    "AG": "America/Antigua",
    "AR": "America/Argentina/Buenos_Aires",
    "BB": "America/Barbados",
    "BO": "America/La_Paz",
    "BR": "America/Sao_Paulo",  # Brasília keeps this one
    "BS": "America/Nassau",
    "BZ": "America/Belize",
    "CL": "America/Santiago",
    "CO": "America/Bogota",
    "CR": "America/Costa_Rica",
    "CU": "America/Havana",
    "DM": "America/Dominica",
    "DO": "America/Santo_Domingo",
    "EC": "America/Guayaquil",  # Quito keeps this one
    "GD": "America/Grenada",
    "GT": "America/Guatemala",
    "GY": "America/Guyana",
    "HN": "America/Tegucigalpa",
    "HT": "America/Port-au-Prince",
    "JM": "America/Jamaica",
    "KN": "America/St_Kitts",
    "LC": "America/St_Lucia",
    "MX": "America/Mexico_City",
    "NI": "America/Managua",
    "PA": "America/Panama",
    "PE": "America/Lima",
    "PR": "America/Puerto_Rico",
    "PY": "America/Asuncion",
    "SR": "America/Paramaribo",
    "SV": "America/El_Salvador",
    "TT": "America/Port_of_Spain",
    "UY": "America/Montevideo",
    "VC": "America/St_Vincent",
    "VE": "America/Caracas",
    # others from which projects of the region are executed
    "AT": "Europe/Vienna",
    "BE": "Europe/Brussels",
    "CA": "America/Toronto",  # Ottawa keeps this one
    "CH": "Europe/Zurich",
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen",
    "ES": "Europe/Madrid",
    "FI": "Europe/Helsinki",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "IE": "Europe/Dublin",
    "IL": "Asia/Jerusalem",
    "IT": "Europe/Rome",
    "JP": "Asia/Tokyo",
    "KR": "Asia/Seoul",
    "LU": "Europe/Luxembourg",
    "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo",
    "SE": "Europe/Stockholm",
    "US": "America/New_York",  # Washington keeps this one
}


def zone_of(institution: str, countries: Collection[str]) -> str:
    """Of a project executed by an institution of the country `institution`; where that works in
    several ("") the project's own country, if it is one. Else UTC.
    """
    own = next(iter(countries)) if len(countries) == 1 else ""
    return CAPITALS.get(institution or own, UTC)
