"""Words of our own from which people and places are made up. No row of any real list stands here."""

GIRLS = (
    "Amelia", "Zoë", "Siân", "Chloé", "Niamh", "Aoife", "Ruby-Mae", "Fatima", "Amara", "Jasmine", "Leila", "Poppy", "Ottilie",
    "Nia", "Keira", "Ines", "Marta", "Zuzanna", "Priya", "Safiya", "Tilly", "Elodie", "Grace", "Maisie", "Anjali", "Renée",
    "Freya", "Ebony", "Hana", "Lucía", "Beatrix", "Ayesha", "Orla", "Mabel", "Tamsin", "Yara", "Ingrid", "Cerys",
)  # fmt: skip
BOYS = (
    "Callum", "Tomasz", "Łukasz", "Oisín", "Kofi", "Jayden", "Reuben", "Idris", "Mateo", "Rhys", "Farhan", "Alfie", "Tyler-James",
    "Björn", "Declan", "Emre", "Harvey", "Ifan", "Jude", "Kacper", "Leon", "Malachi", "Noah", "Otis", "Pàdraig", "Rohan",
    "Samir", "Theo", "Umar", "Vincent", "Wilfred", "Xander", "Yusuf", "Zachary", "Bilal", "Curtis", "Dominic", "Ezra",
)  # fmt: skip
PARENTS_F = (
    "Joanne", "Rachel", "Danuta", "Shabnam", "Clare", "Adaeze", "Michelle", "Françoise", "Bronwen", "Teresa", "Nasreen", "Leanne",
    "Kathleen", "Sunita", "Gemma", "Olga", "Yvonne", "Marie-Ange", "Hayley", "Paula",
)  # fmt: skip
PARENTS_M = (
    "Darren", "Piotr", "Imran", "Gareth", "Kwame", "Neil", "Seán", "Rajesh", "Marcus", "Craig", "Andrzej", "Stephen", "Jérôme",
    "Lee", "Tariq", "Dylan", "Vikram", "Anthony", "Karl", "Winston",
)  # fmt: skip
SURNAMES = (
    "Ashbourne", "O’Farrelly", "Kowalczyk", "Okonjo", "Brackenbury", "Llewelyn-Pryce", "Dąbrowski", "Hussaini", "Fairweather",
    "MacAllery", "Quartermaine", "Sandhu-Hall", "Thistlewood", "Nwosu", "Béranger", "Petherick", "Ravenscroft", "Szabó", "Tillotson",
    "Underhay", "Vanterpool", "Whitlamb", "Yeardley", "Zieliński", "Adeyinka", "Birtwhistle", "Coldicott", "D’Souza-Lane", "Elphick",
    "Featherstone", "Garthwaite", "Holloway-King", "Ibáñez", "Jellicoe", "Kettlewell", "Lovelock", "Mbeki-Stone", "Nightingale",
    "Ó Conaill", "Pellingham", "Rosewarne", "Şahin", "Trevanion", "Uddin-Marsh", "Venables", "Wetherall", "Yorath", "Çelik",
    "Braithwaite", "Cartmell", "Dunnock", "Ferncastle", "Greenhalgh", "Hartnoll", "Ingledew", "Murgatroyd", "Oldroyd", "Pomeroy",
)  # fmt: skip
STREETS = (
    "Lapwing", "Kestrel", "Mill", "Orchard", "Quarry", "Chapel", "Bramble", "Station", "Saddlers", "Foundry", "Willow", "Barley",
    "Tannery", "Juniper", "Windmill", "Larkspur", "Gatehouse", "Copper", "Priory", "Meadow",
)  # fmt: skip
STREET_KINDS = ("Road", "Close", "Lane", "Way", "Avenue", "Gardens", "Drive", "Crescent")
HOUSES = ("Flat 2, Hawthorn Court", "The Old Forge", "Flat 11, Rowan House", "Rose Cottage")
TOWNS = (("Larkminster", "AL28"), ("Wexbridge", "WD53"), ("Hatherford", "HP48"))
"""Invented towns, each with a postcode district that is not in use."""
COUNTY = "Larkshire"
LOCALITIES = ("Upper Green", "Nether End", "Mill Side")
MEDICAL = (
    "Asthma. Carries a blue inhaler.",
    "Nut allergy. Adrenaline pen in the office.",
    "Epilepsy. Care plan in the office, reviewed each term.",
    "Type 1 diabetes. Checks blood sugar before lunch.",
)
ETHNIC_GROUPS = ("WBRI", "WBRI", "WBRI", "WBRI", "WOTH", "WIRI", "MWBC", "MWBA", "APKN", "AIND", "BAFR", "BCRB", "CHNE", "REFU", "NOBT")
LANGUAGES = ("ENG", "ENG", "ENG", "ENG", "ENG", "ENG", "POL", "URD", "TUR", "FRN")
NEEDS = ("SEMH", "SEMH", "SEMH", "SLCN", "ASD", "MLD", "SPLD")
SCHOOLS = ("919/4001", "919/4003", "919/4011", "919/4017", "919/4020")
"""Numbers of secondary schools in the invented authority."""
