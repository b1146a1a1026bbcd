"""A synthetic city 合成城市 to try, to demonstrate and to measure the platform with.

Nobody in it is real. `services.make_city` writes a folder: the registrar's list of
organisations, the people, the files of 45 departments and 8 counties as they would really
arrive (workbooks and text tables in several encodings, titles above the header, other words
for columns, dates in seven spellings, fines in 万元), and the truth about every one of their
rows. The same arguments give the same bytes on any machine, so a digest names a city.

Read `docs/reference/city.md` for the columns. In short: `truth/rows.csv` has, for each row of
each file, what was planted and what must happen to it; `truth/links.csv` whose it is;
`truth/decisions.jsonl` the clean values in the catalogue's spelling; `truth/files.csv` and
`truth/columns.csv` how each file is built. About 93 rows of 100 are clean in meaning however
they look; the others carry one planted error each (`plants.PLANTS`).

Persons: their ID numbers pass the check but lie in the region 320799, which was never assigned
(`identifiers.PERSON_REGION`). ID numbers stand only in the columns for them, but for planted
leaks. Companies: no well-known name comes out (`words/words.txt`, deny).

Why it may be trusted as an instrument: it computes check characters with arithmetic of its own,
takes nothing from the checker it measures, and knows the outcome because it planted the error.
Every entity is made from its own number (`dice.Dice`), so a city of any size needs the memory
of its largest file only.
"""
