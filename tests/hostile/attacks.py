"""What people with bad intentions, or broken machines, send."""

LONG = "a" * 10_000
TEXTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://evil.example","x")',
    "{{7*7}}{% load x %}",
    "' OR 1=1; DROP TABLE projects_firm; --",
    "\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH SPACE}\ud83d\ude00".encode(
        "utf-16", "surrogatepass"
    ).decode("utf-16"),
    "99999999999999999999",
    "-1",
    "NaN",
    "../../etc/passwd",
    LONG,
)
# Several parameters at once: each is read by another part of a page, so that one request tries them
# all.
QUERIES = (
    "page=-1&sort=password&export=exe&unknown=1&unknown[]=2&next=//evil.example&limit=1e9&offset=-5&in=__all__",
    "page=99999999999999999999&sort=--name&q=%ff%fe&since=0000-00-00&until=9999-99-99&year=2147483648&cell=F%3A",
    "page=1&page=2&page=abc&sort=__class__&export=csv&export=xlsx&next=https:evil.example&person=U:99999999999999999999",
    "page=0&sort=-&q=%E2%80%AE%27%22%3Cscript%3E&country=ZZ&typology=x&family=%27&state=x&project=%2F&on=%25",
    "q=" + LONG[:4000] + "&next=javascript:alert(1)&export=../x&%5B%5D=1",
    "sector=%00x",
    "a=" + "&a=" * 200,
)
# Fields that no form has: whoever sends them wants what no form gives.
FORGED = {
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "on",
    "role": "administration",
    "scope": "*",
    "user": "1",
    "origin": "stated",
    "archived_at": "2001-01-01",
    "approved_in": "1",
    "status": "approved",
    "pk": "1",
    "id": "1",
    "password": "forged-Forged-1",
    "email": "evil@example.org",
    "given_by": "1",
    "number": "1",
    "hash": "0" * 64,
}
