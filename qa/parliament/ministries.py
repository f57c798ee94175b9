"""What ministries are called: their abbreviations and English names, by the Dutch name that documents print."""

from collections.abc import Mapping

_OTHER_NAMES: Mapping[str, str] = {
    "Algemene Zaken": "AZ; General Affairs",
    "Asiel en Migratie": "AenM; A&M; Asylum and Migration",
    "Binnenlandse Zaken en Koninkrijksrelaties": "BZK; the Interior; the Interior and Kingdom Relations; Interior; Binnenlandse Zaken",
    "Buitenlandse Zaken": "BZ; BuZa; Foreign Affairs",
    "Buitenlandse Handel en Ontwikkelingssamenwerking": "BHOS; Foreign Trade and Development Cooperation",
    "Defensie": "Defence; Defense",
    "Economische Zaken": "EZ; Economic Affairs",
    "Economische Zaken en Klimaat": "EZK; Economic Affairs and Climate Policy",
    "Financiën": "FIN; Finance; Financien",
    "Infrastructuur en Waterstaat": "IenW; I&W; Infrastructure and Water Management",
    "Justitie en Veiligheid": "JenV; J&V; Justice and Security",
    "Klimaat en Groene Groei": "KGG; Climate Policy and Green Growth",
    "Landbouw, Natuur en Voedselkwaliteit": "LNV; Agriculture, Nature and Food Quality",
    "Landbouw, Visserij, Voedselzekerheid en Natuur": "LVVN; Agriculture, Fisheries, Food Security and Nature",
    "Onderwijs, Cultuur en Wetenschap": "OCW; Education, Culture and Science; Onderwijs; Education",
    "Sociale Zaken en Werkgelegenheid": "SZW; Social Affairs and Employment; Sociale Zaken; Social Affairs",
    "Volkshuisvesting en Ruimtelijke Ordening": "VRO; Housing and Spatial Planning; Volkshuisvesting",
    "Volksgezondheid, Welzijn en Sport": "VWS; Health, Welfare and Sport; Volksgezondheid; Health",
}
OTHER_NAMES: Mapping[str, str] = {other.casefold(): name for name, others in _OTHER_NAMES.items() for other in others.split("; ")}
"""The Dutch name of a ministry by its other names, in small letters."""

_ABBREVIATIONS = {other: name for name, others in _OTHER_NAMES.items() for other in others.split("; ") if other.isupper()}


def full_name(ministry: str) -> str:
    """Return a ministry's name where a document prints its abbreviation, else what the document prints."""
    return _ABBREVIATIONS.get(ministry, ministry)
