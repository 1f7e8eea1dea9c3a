"""Who is meant by a name on a date: states, their people and organs, international bodies, groups that are no
state.

Entity codes follow ISO 3166-1 alpha-3; states gone keep their ISO 3166-3 code where they had one (SUN, YUG,
CSK, DDR, YMD, VDR, SCG), else take the abbreviation of the Correlates of War list (AUH, BAV, BAD, SAX, WRT,
HAN, HSE, HSG, MEC, MOD, PAP, PMA, SIC, TUS, ZAN), else a clear one (GCL, FCA, TRV, OFS, TIB, ABK, SOS).
Decisions where the lists differ:

- A state that the lists continue under another name keeps one code: Prussia is DEU, Sardinia ITA, the Ottoman
  Empire TUR, Persia IRN, Siam THA, Rhodesia ZWE, Tanganyika TZA, North Yemen YEM, North Vietnam VNM, Korea
  before 1910 KOR, the United Arab Republic EGY (Syria stands outside the lists from February 1958 to
  September 1961).
- Russia is RUS to 1922-12-29 and from 1991-12-26; SUN is between. Serbia is SRB to 1918 and from 2006-06-05,
  YUG from 1918-12-01, SCG (Serbia and Montenegro) from 2003-02-04 to 2006-06-04. Kosovo is XKX from
  2008-02-17, before that YUG or SRB.
- Palestine and the Holy See are in no list of states, so their names alone say when they may be used.
- A place in a state that did not exist on the day goes to the union that held it then (Kharkiv in 1980: SUN).
- COW spells equal the list of v2016 day for day. Gleditsch–Ward spells were written from knowledge of the
  list and not yet checked against it day for day: trust their years more than their days.
"""
