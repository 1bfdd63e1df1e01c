"""Closed lists of the registry."""

from django.db import models
from django.utils.translation import gettext_lazy as _

PROGRAMME = "pip"  # the family whose projects and networks the published totals count


class Typology(models.TextChoices):
    """The presentation's three columns, and supplier chains, which its title names."""

    BUSINESS_NETWORK = "redes_empresariales", _("Business networks")
    CLUSTER = "cluster", _("Cluster")
    TERRITORIAL_SYSTEM = "sistema_territorial", _("Territorial systems")
    SUPPLIER_CHAIN = "cadena_proveedores", _("Supplier chains")


class OwnerSex(models.TextChoices):
    FEMALE = "f", _("Woman")
    MALE = "m", _("Man")
    MIXED = "mixed", _("Women and men")
    UNKNOWN = "unknown", _("Unknown")


class Sector(models.TextChoices):
    """Divisions of the International Standard Industrial Classification, revision 3.1, that
    networks work in.
    """

    AGRICULTURE = "01", _("Agriculture and livestock")
    FORESTRY = "02", _("Forestry")
    FISHING = "05", _("Fishing and fish farming")
    FOOD = "15", _("Food and beverages")
    TEXTILES = "17", _("Textiles")
    CLOTHING = "18", _("Clothing")
    LEATHER = "19", _("Leather and footwear")
    WOOD = "20", _("Wood products")
    PRINTING = "22", _("Publishing and printing")
    CHEMICALS = "24", _("Chemical products")
    PLASTICS = "25", _("Rubber and plastic products")
    MINERALS = "26", _("Ceramics and other mineral products")
    METAL = "28", _("Metal products")
    MACHINERY = "29", _("Machinery and equipment")
    VEHICLE_PARTS = "34", _("Vehicle parts")
    FURNITURE = "36", _("Furniture, jewellery and other manufacturing")
    TOURISM = "55", _("Hotels and restaurants")
    TRAVEL = "63", _("Travel agencies and logistics")
    SOFTWARE = "72", _("Software and computer services")
    UNKNOWN = "unknown", _("Unknown")


class LeavingReason(models.TextChoices):
    OWN_DECISION = "own_decision", _("Own decision")
    MOVED = "moved", _("Moved to another network")
    EXCLUDED = "excluded", _("Excluded by the network")
    NETWORK_ENDED = "network_ended", _("The network was dissolved")
    CLOSED = "closed", _("The firm closed")
    DUPLICATE = "duplicate", _("Registered twice: it goes on under another code")
    OTHER = "other", _("Other")


class ClosingReason(models.TextChoices):
    ECONOMIC = "economic", _("Economic reasons")
    RETIREMENT = "retirement", _("Retirement or death of the owner")
    MERGER = "merger", _("Merged into another firm")
    DISASTER = "disaster", _("Natural disaster or accident")
    OTHER = "other", _("Other")


class ArchivingReason(models.TextChoices):
    """Why a firm leaves the lists: a closed list, so that no name gets into the trail."""

    MISTAKE = "mistake", _("Registered by mistake")
    OUTSIDE = "outside", _("It does not belong to the programme")
    OTHER = "other", _("Other")


class AnonymisingReason(models.TextChoices):
    REQUEST = "request", _("The owner asked for it")
    LAW = "law", _("A law or an authority demands it")
    ENDED = "ended", _("The project ended and the names are no longer needed")
    OTHER = "other", _("Other")
