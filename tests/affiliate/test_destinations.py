"""Where a link may lead: https, at a host of the partner, nothing that reads otherwise."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cms.affiliate import destinations
from cms.affiliate.networks import CLICK_PARAMETER, Network

HOSTS = ("www.shop.example", "clk.network.example")
CLICK_ID = "0123456789abcdef" * 2


def said(url: str) -> str:
    return " ".join(str(problem) for problem in destinations.problems(url, HOSTS))


@pytest.mark.parametrize(
    "url",
    [
        "https://www.shop.example",
        "https://www.shop.example/",
        "https://www.shop.example?id=7",
        "https://www.shop.example/mattress/90x200?colour=grey&x=%20",
        "https://clk.network.example/cread.php?m=1&ued=https%3A%2F%2Fwww.shop.example%2Fa%3Fb",
        "https://www.shop.example/a;b=(c),d'e!f*g@h:i[j]",
    ],
)
def test_an_address_at_a_host_of_the_partner_is_right(url: str) -> None:
    assert said(url) == ""


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://www.shop.example/", "https://"),
        ("HTTPS://www.shop.example/", "https://"),
        ("//www.shop.example/", "https://"),
        ("javascript:alert(1)", "https://"),
        ("data:text/html,x", "https://"),
        ("", "https://"),
        ("https:/www.shop.example/", "https://"),
        (" https://www.shop.example/", "https://"),
        ("https://other.example/", "other.example"),
        ("https://www.shop.example.evil.example/", "www.shop.example.evil.example"),
        ("https://shop.example/", "shop.example"),
        ("https://WWW.SHOP.EXAMPLE/", "WWW.SHOP.EXAMPLE"),
        ("https://www.shop.example./", "www.shop.example."),
        ("https://www.shop。example/", "www.shop。example"),
        ("https:///www.shop.example/", "?"),
        ("https://", "?"),
        ("https://anna@www.shop.example/", "@"),
        ("https://anna:secret@www.shop.example/", "@"),
        ("https://www.shop.example@evil.example/", "evil.example"),
        (r"https://evil.example\@www.shop.example/", "@"),
        ("https://www.shop.example:8443/", "port"),
        ("https://www.shop.example:443/", "port"),
        ("https://www.shop.example/#top", "#"),
        ("https://www.shop.example#@evil.example/", "#"),
        ("https://www.shop.example/a b", "%20"),
        ("https://www.shop.example/a\r\nSet-Cookie:x=1", "%20"),
        ("https://www.shop.example/a\tb", "%20"),
        ("https://www.shop.example/a\x00b", "%20"),
        (r"https://www.shop.example\evil", "www.shop.example"),
        ("https://www.shop.example/%zz", "%20"),
        ("https://www.shop.example/é", "%20"),
        ('https://www.shop.example/"><script>', "%20"),
    ],
)
def test_anything_else_is_refused_with_what_would_be_right(url: str, problem: str) -> None:
    assert problem in said(url)


@pytest.mark.parametrize(
    ("url", "problems"),
    [
        ("https://anna@evil.example:80/#x", 4),
        ("https://evil.example/a b", 2),
    ],
)
def test_everything_that_is_wrong_is_said_at_once(url: str, problems: int) -> None:
    assert len(list(destinations.problems(url, HOSTS))) == problems


tails = st.text(st.sampled_from("/?#@:\\.%2eé。 \t\nab&=[];"), max_size=12)
hosts = st.sampled_from([*HOSTS, "evil.example", "anna@www.shop.example", ""])


@given(
    st.builds(lambda host, tail: f"https://{host}{tail}", hosts, tails) | st.text(max_size=60),
)
@example("https://www.shop.example/?a=b")
@example("https://www.shop.example/\\..")
def test_whatever_is_accepted_leads_to_a_host_of_the_partner_and_nowhere_else(url: str) -> None:
    """Whoever reads it: this parser, or a browser, which takes a backslash for a slash, drops tabs
    and ends of lines, and knows other dots."""
    if said(url):
        return
    for read in (url, url.replace("\\", "/"), "".join(url.split())):
        parts = urlsplit(read)
        assert (parts.scheme, parts.hostname in HOSTS) == ("https", True)
        assert (parts.username, parts.password, parts.port, parts.fragment) == (
            None,
            None,
            None,
            "",
        )
    assert url.isascii()
    assert url.isprintable()
    assert " " not in url


# --- the click id --------------------------------------------------------------------------


def led_to(url: str, parameter: str) -> str:
    return destinations.before_click_id(url, parameter) + (CLICK_ID if parameter else "")


@pytest.mark.parametrize(
    ("network", "parameter"),
    [
        (Network.BOL, "subid"),
        (Network.AWIN, "clickref"),
        (Network.DAISYCON, "ws"),
        (Network.TRADETRACKER, "r"),
        (Network.TRADEDOUBLER, "epi"),
        (Network.DIRECT_REF, "ref"),
    ],
)
def test_each_network_has_its_own_parameter(network: str, parameter: str) -> None:
    url = led_to("https://www.shop.example/a?b=c", CLICK_PARAMETER[network])
    assert url == f"https://www.shop.example/a?b=c&{parameter}={CLICK_ID}"


def test_every_network_says_where_a_click_id_goes() -> None:
    assert set(CLICK_PARAMETER) == set(Network.values)


def test_a_partner_without_a_network_may_get_none() -> None:
    assert led_to("https://www.shop.example/a?b=c", CLICK_PARAMETER[Network.DIRECT]) == (
        "https://www.shop.example/a?b=c"
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://s.example", "https://s.example?subid="),
        ("https://s.example/?", "https://s.example/?subid="),
        ("https://s.example/?subid=old", "https://s.example/?subid="),
        ("https://s.example/?subid=old&a=1&subid=older&b", "https://s.example/?a=1&b&subid="),
        ("https://s.example/?%73ubid=old", "https://s.example/?subid="),
        ("https://s.example/?subid&a=", "https://s.example/?a=&subid="),
        ("https://s.example/?subid2=x&asubid=y", "https://s.example/?subid2=x&asubid=y&subid="),
        ("https://s.example/?u=a%3Fsubid%3D1", "https://s.example/?u=a%3Fsubid%3D1&subid="),
        ("https://s.example/?u=a?b", "https://s.example/?u=a?b&subid="),
    ],
)
def test_the_click_id_replaces_one_of_the_same_name(url: str, expected: str) -> None:
    assert destinations.before_click_id(url, "subid") == expected


parameters = st.sampled_from([name for name in CLICK_PARAMETER.values() if name])
queries = st.lists(
    st.from_regex(r"[A-Za-z0-9%.~_-]{0,6}(=[A-Za-z0-9%/?:]{0,8})?", fullmatch=True)
    | st.sampled_from(["subid=1", "r=2", "epi", "ws=", "clickref=x"]),
    max_size=5,
).map("&".join)


@given(queries, parameters)
def test_exactly_one_click_id_arrives_and_everything_else_as_it_was(
    query: str, parameter: str
) -> None:
    url = f"https://www.shop.example/a?{query}"
    arrived = parse_qsl(urlsplit(led_to(url, parameter)).query, keep_blank_values=True)
    before = parse_qsl(query, keep_blank_values=True)

    assert [value for name, value in arrived if name == parameter] == [CLICK_ID]
    assert [pair for pair in arrived if pair[0] != parameter] == [
        pair for pair in before if pair[0] != parameter
    ]


# --- hosts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("www.shop.example", True),
        ("a-b.shop2.example", True),
        ("xn--caf-dma.example", True),
        ("localhost", False),
        ("127.0.0.1", False),
        ("[::1]", False),
        ("shop.example:443", False),
        ("https://shop.example", False),
        ("shop.example/", False),
        ("*.shop.example", False),
        ("Shop.example", False),
        ("café.example", False),
        ("-shop.example", False),
        ("shop..example", False),
        ("shop.example.", False),
        (f"{'a.' * 130}example", False),
        ("", False),
    ],
)
def test_a_host_is_a_plain_name(text: str, right: bool) -> None:
    assert destinations.is_host(text) is right
