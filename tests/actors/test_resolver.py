"""Names over two centuries: each case says who was meant on that day, from the public record."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.actors import resolver
from foedus.actors.resolver import members, resolve
from foedus.errors import UnknownActorError

CODES = [
    # states that changed, by any of their names
    ("Russia", "1914-08-01", "RUS"), ("Russia", "1941-06-22", "SUN"), ("Russia", "2022-02-24", "RUS"),
    ("Soviet Union", "1962-10-22", "SUN"), ("USSR", "1979-12-24", "SUN"), ("U.S.S.R.", "1979-12-24", "SUN"),
    ("Soviets", "1985-03-11", "SUN"), ("the Soviet Union", None, "SUN"), ("Prussia", "1866-06-14", "DEU"),
    ("German Empire", "1914-08-01", "DEU"), ("Nazi Germany", "1939-09-01", "DEU"), ("West Germany", "1963-01-22", "DEU"),
    ("East Germany", "1961-08-13", "DDR"), ("GDR", "1989-11-09", "DDR"), ("German", "1995-01-01", "DEU"),
    ("Austria-Hungary", "1914-07-28", "AUH"), ("Austria", "1866-06-14", "AUH"), ("Austria", "1955-05-15", "AUT"),
    ("Ottoman Empire", "1853-10-04", "TUR"), ("Turkey", "1974-07-20", "TUR"), ("Türkiye", "2024-01-01", "TUR"),
    ("Piedmont", "1859-04-29", "ITA"), ("Sardinia", "1855-01-26", "ITA"), ("Two Sicilies", "1860-05-11", "SIC"),
    ("Papal States", "1849-04-25", "PAP"), ("Bavaria", "1866-06-14", "BAV"), ("Bavaria", "1990-10-03", "DEU"),
    ("Saxony", "1850-01-01", "SAX"), ("Württemberg", "1850-01-01", "WRT"), ("Hanover", "1850-01-01", "HAN"),
    ("Tuscany", "1850-01-01", "TUS"), ("Gran Colombia", "1825-01-01", "GCL"), ("Transvaal", "1899-10-11", "TRV"),
    ("Orange Free State", "1899-10-11", "OFS"), ("Persia", "1907-08-31", "IRN"), ("Persian", "1907-08-31", "IRN"),
    ("Siam", "1917-07-22", "THA"), ("Abyssinia", "1935-10-03", "ETH"), ("Ceylon", "1960-07-21", "LKA"),
    ("Burma", "1962-03-02", "MMR"), ("Myanmar", "2021-02-01", "MMR"), ("Zaire", "1977-03-08", "COD"),
    ("Upper Volta", "1980-11-25", "BFA"), ("Burkina Faso", "2022-09-30", "BFA"), ("Dahomey", "1972-10-26", "BEN"),
    ("Rhodesia", "1976-09-24", "ZWE"), ("Tanganyika", "1962-12-09", "TZA"), ("Malaya", "1960-07-31", "MYS"),
    ("United Arab Republic", "1960-01-01", "EGY"), ("North Vietnam", "1965-03-08", "VNM"),
    ("South Vietnam", "1965-03-08", "VDR"), ("Saigon", "1965-03-08", "VDR"), ("South Yemen", "1979-02-24", "YMD"),
    ("Aden", "1979-02-24", "YMD"), ("North Yemen", "1979-02-24", "YEM"), ("Kampuchea", "1979-01-07", "KHM"),
    ("Yugoslavia", "1948-06-28", "YUG"), ("Serbia", "1914-07-28", "SRB"), ("Serbia", "1999-03-24", "YUG"),
    ("Serbia", "2004-06-01", "SCG"), ("Serbia", "2010-07-22", "SRB"), ("Kosovo", "1999-03-24", "YUG"),
    ("Kosovo", "2010-07-22", "XKX"), ("Czechoslovakia", "1938-09-29", "CSK"), ("Prague", "1968-08-21", "CSK"),
    ("Prague", "2009-04-05", "CZE"), ("Slovakia", "2009-04-05", "SVK"), ("Republic of China", "1937-07-07", "CHN"),
    ("Republic of China", "1996-03-08", "TWN"), ("Nationalist China", "1958-08-23", "TWN"), ("PRC", "1996-03-08", "CHN"),
    ("Korea", "1895-04-17", "KOR"), ("ROK", "1968-01-21", "KOR"), ("DPRK", "1968-01-23", "PRK"),
    ("Constantinople", "1877-04-24", "TUR"), ("Swaziland", "1970-01-01", "SWZ"), ("Eswatini", "2019-01-01", "SWZ"),
    ("Macedonia", "2001-02-17", "MKD"), ("Bonn", "1973-09-18", "DEU"), ("Vichy", "1941-06-22", "FRA"),
    ("Ukraine", "1980-01-01", "SUN"), ("Crimea", "2014-03-18", "UKR"), ("Crimea", "1954-02-19", "SUN"),
    ("Hong Kong", "1984-12-19", "GBR"), ("Hong Kong", "2019-06-09", "CHN"), ("Palestine", "1936-04-15", "GBR"),
    ("Palestinians", "1982-06-06", "PSE"), ("Crete", "1880-01-01", "TUR"), ("Crete", "1941-05-20", "GRC"),
    ("East Pakistan", "1971-03-25", "PAK"), ("Bangladesh", "1971-12-16", "BGD"),
    # today's names, adjectives, abbreviations
    ("US", None, "USA"), ("U.S.", None, "USA"), ("UK", None, "GBR"), ("U.K.", None, "GBR"), ("Britons", None, "GBR"),
    ("Dutch", None, "NLD"), ("Poles", None, "POL"), ("Congolese", None, "COD"), ("DR Congo", None, "COD"),
    ("Congo-Brazzaville", None, "COG"), ("UAE", None, "ARE"), ("Emirati", None, "ARE"), ("Saudis", None, "SAU"),
    ("Filipino", None, "PHL"), ("Ivorian", None, "CIV"), ("Côte d'Ivoire", None, "CIV"), ("Cote d'Ivoire", None, "CIV"),
    ("iran", None, "IRN"), ("IRAN", None, "IRN"), ("Iran's", None, "IRN"), ("the Netherlands", None, "NLD"),
    # seats, capitals, forces, agencies, companies
    ("Kremlin", "2025-06-22", "RUS"), ("the Kremlin", "1962-10-22", "SUN"), ("White House", None, "USA"),
    ("Élysée", None, "FRA"), ("Elysee", None, "FRA"), ("Quai d'Orsay", None, "FRA"), ("Whitehall", None, "GBR"),
    ("Foggy Bottom", None, "USA"), ("Pentagon", None, "USA"), ("Zhongnanhai", None, "CHN"), ("Itamaraty", None, "BRA"),
    ("Casa Rosada", None, "ARG"), ("Sublime Porte", "1853-10-04", "TUR"), ("Ballhausplatz", "1914-07-23", "AUH"),
    ("Wilhelmstrasse", "1914-07-05", "DEU"), ("Knesset", None, "ISR"), ("Washington", None, "USA"),
    ("Brussels", None, "EU"), ("IDF", None, "ISR"), ("IRGC", None, "IRN"), ("Quds Force", None, "IRN"),
    ("PLA", None, "CHN"), ("Mossad", None, "ISR"), ("KGB", "1983-09-01", "SUN"), ("FSB", "2020-08-20", "RUS"),
    ("Red Army", "1943-02-02", "SUN"), ("Wehrmacht", "1941-06-22", "DEU"), ("Gazprom", None, "RUS"),
    ("Rosatom", None, "RUS"), ("Huawei", None, "CHN"), ("Natanz", None, "IRN"), ("Goma", None, "COD"),
    ("Gaza", None, "PSE"), ("Kharkiv", None, "UKR"), ("Port Said", "1956-11-05", "EGY"), ("Karabakh", None, "AZE"),
    # bodies
    ("NATO", None, "NATO"), ("UN Security Council", None, "UN"), ("UNSC", None, "UN"), ("European Commission", None, "EU"),
    ("North Atlantic Council", None, "NATO"), ("Arab League", None, "ARAB LEAGUE"), ("IAEA", None, "IAEA"),
    ("League of Nations", "1935-10-07", "LON"), ("Warsaw Pact", "1968-08-21", "WARSAW PACT"),
    ("Organization of African Unity", "1980-01-01", "OAU"), ("Collective Security Treaty Organization", None, "CSTO"),
    # groups
    ("Hamas", None, "HAMAS"), ("Hizbullah", None, "HEZBOLLAH"), ("Ansar Allah", None, "HOUTHI"), ("Houthis", None, "HOUTHI"),
    ("Taliban", "2021-08-14", "TALIBAN"), ("Taliban", "2021-08-15", "AFG"), ("Daesh", "2015-11-13", "ISIS"),
    ("Wagner", "2023-06-24", "RUS"), ("M23", "2025-01-27", "M23"), ("Viet Cong", "1968-01-30", "VIETCONG"),
    ("Tamil Tigers", "2009-01-01", "LTTE"), ("PKK", "2024-01-01", "PKK"), ("al-Qaeda", "2001-09-11", "ALQAEDA"),
    # entity codes
    ("IRN", None, "IRN"), ("SUN", "1980-01-01", "SUN"), ("PSE", "2025-01-01", "PSE"), ("HAMAS", None, "HAMAS"),
]  # fmt: skip

NOBODY = [
    ("Soviet", "2010-01-01"), ("Soviet Union", "2010-01-01"), ("SUN", "2010-01-01"), ("Zaire", "2000-01-01"),
    ("Yugoslavia", "2010-01-01"), ("Israel", "1930-01-01"), ("Pakistan", "1930-01-01"), ("Prussia", "1990-01-01"),
    ("South Sudan", "2000-01-01"), ("NATO", "1940-01-01"), ("Hamas", "1970-01-01"), ("Austria-Hungary", "1925-01-01"),
    ("us", None), ("who", None), ("is", None), ("", None), ("   ", None), ("xyzzy", None), ("the president", None),
    ("Foreign Ministry", None), ("Paris Agreement", None), ("Iran and Russia", None), ("x" * 5000, None), ("…", None),
]  # fmt: skip

PEOPLE = [
    ("the Soviet president", "1990-06-01", "SUN", "Mikhail Gorbachev", "GOV"),
    ("Gorbachev", "1990-06-01", "SUN", "Mikhail Gorbachev", "GOV"),
    ("Russian president", "2010-05-01", "RUS", "Dmitry Medvedev", "GOV"),
    ("Russian president", "2015-05-01", "RUS", "Vladimir Putin", "GOV"),
    ("deputy chairman of the Russian Security Council", "2025-06-28", "RUS", "Dmitry Medvedev", "GOV"),
    ("deputy chairman of Russia's Security Council", "2025-06-28", "RUS", "Dmitry Medvedev", "GOV"),
    ("President Putin", "2025-06-28", "RUS", "Vladimir Putin", "GOV"),
    ("president of the United States", "1962-10-22", "USA", "John F. Kennedy", "GOV"),
    ("US President Donald Trump", "2025-06-22", "USA", "Donald Trump", "GOV"),
    ("Iran's supreme leader", "2025-06-22", "IRN", "Ali Khamenei", "GOV"),
    ("Iranian foreign minister", "2025-06-22", "IRN", "Abbas Araghchi", "GOV"),
    ("Mr Peskov", "2025-06-28", "RUS", "Dmitry Peskov", "GOV"),
    ("secretary-general of NATO", "2025-06-25", "NATO", "Mark Rutte", "IGO"),
    ("UN chief", "2023-10-24", "UN", "António Guterres", "IGO"),
    ("German chancellor", "2022-02-27", "DEU", "Olaf Scholz", "GOV"),
    ("British prime minister", "1982-04-05", "GBR", "Margaret Thatcher", "GOV"),
]  # fmt: skip

PHRASES = [
    ("Foreign Ministry of Iran", "IRN", "GOV", "foreign ministry"),
    ("Armenia's Foreign Ministry", "ARM", "GOV", "foreign ministry"),
    ("the Chinese defence ministry", "CHN", "GOV", "defence ministry"),
    ("Turkish army", "TUR", "MIL", "army"),
    ("Israeli parliament", "ISR", "LEG", "parliament"),
    ("Venezuelan opposition", "VEN", "OPP", "opposition"),
    ("Myanmar junta", "MMR", "GOV", "junta"),
    ("Kenyan police", "KEN", "GOV", "police"),
    ("Supreme Court of Pakistan", "PAK", "JUD", "supreme court"),
    ("Syrian rebels", "SYR", "REB", "rebels"),
]


@pytest.mark.parametrize(("name", "on", "code"), CODES)
def test_a_name_means_its_actor_on_the_day(name: str, on: str | None, code: str) -> None:
    actor = resolve(name, on)
    assert actor is not None
    assert actor.code == code
    assert actor.source


@pytest.mark.parametrize(("name", "on"), NOBODY)
def test_a_name_that_means_nobody_on_the_day(name: str, on: str | None) -> None:
    assert resolve(name, on) is None


@pytest.mark.parametrize(("name", "on", "code", "person", "sector"), PEOPLE)
def test_offices_and_people(name: str, on: str, code: str, person: str, sector: str) -> None:
    actor = resolve(name, on)
    assert actor is not None
    assert (actor.code, actor.person, actor.sector) == (code, person, sector)


@pytest.mark.parametrize(("name", "code", "sector", "role"), PHRASES)
def test_institutions(name: str, code: str, sector: str, role: str) -> None:
    actor = resolve(name, "2025-06-01")
    assert actor is not None
    assert (actor.code, actor.sector, actor.role) == (code, sector, role)


def test_medvedev_by_office() -> None:
    roles = [getattr(resolve("Medvedev", on), "role", None) for on in ("2010-01-01", "2015-01-01", "2025-06-28")]
    assert roles[0] == "president"
    assert roles[1] == "prime minister"
    assert roles[2] is not None
    assert roles[2].casefold() == "deputy chairman of the security council"


def test_out_of_office_is_said() -> None:
    actor = resolve("Barack Obama", "2025-01-01")
    assert actor is not None
    assert (actor.code, actor.role, actor.sector) == ("USA", "former president", None)


def test_numbers_of_the_day_come_along() -> None:
    actor = resolve("Soviet Union", dt.date(1962, 10, 22))
    assert actor is not None
    assert (actor.iso3, actor.cow, actor.gw, actor.end) == ("SUN", 365, 365, "1991-12-26")


@pytest.mark.parametrize("on", ["tomorrow", "2025-13-01", "2025-02-30", ""])
def test_a_date_that_is_none_is_refused(on: str) -> None:
    with pytest.raises(UnknownActorError):
        resolve("Iran", on)


def test_members_on_a_day() -> None:
    assert len(members("NATO", "1949-12-31")) == 12
    assert len(members("NATO", "2024-12-31")) == 32
    assert len(members("EU", "2021-01-01")) == 27
    assert "GBR" in members("EU", "2019-01-01")
    assert members("GCC", "1990-08-02") == ["ARE", "BHR", "KWT", "OMN", "QAT", "SAU"]
    with pytest.raises(UnknownActorError):
        members("NOSUCH", "2020-01-01")


def test_doors_of_the_list_of_states_are_here_too() -> None:
    assert resolver.cow("IRN", "2025-01-01") == 630
    assert resolver.from_cow(630, "2025-01-01") == "IRN"
    assert resolver.name("HAMAS") == "Hamas"
    assert resolver.sector("Turkish army", "2025-01-01") == "MIL"
    assert resolver.state("IRN").name == "Iran"


def test_who_is_unknown_on_a_day_is_told_the_state_of_that_day():
    from foedus.actors.resolver import unknown

    assert unknown("RUS", "1971-12-03") == "'RUS' (Russia) did not exist on 1971-12-03: name SUN (Soviet Union)"
    assert "RUS (Russia)" in unknown("SUN", "2001-01-01")
    assert "no actor that we know" in unknown("Ruritania", "2001-01-01")
