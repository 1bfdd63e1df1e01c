"""What the list of countries is narrowed by: nothing."""

import django_filters as df

from projects.models import Country


class CountryFilter(df.FilterSet):
    """A dozen and a half rows: they are sorted and taken along, not narrowed."""

    class Meta:
        model = Country
        fields: tuple[str, ...] = ()
