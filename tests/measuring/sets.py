"""A small set of written questions whose words can be counted."""

SET = """Vragen van het lid De Vries (ABC) aan de Minister van Infrastructuur en Waterstaat over fietspaden (ingezonden 1 maart 2023).

Antwoord van Minister Jansen (Infrastructuur en Waterstaat) (ontvangen 4 april 2023).

Vraag 1
Hoeveel rode fietspaden liggen langs onze noordelijke kanalen?

Antwoord 1
Negentig rode fietspaden liggen langs onze noordelijke kanalen, verspreid door twaalf gemeenten.

Vraag 2
Wie betaalt houten bruggen zonder leuning binnen steden?

Antwoord 2
Elk jaar spaart dit fonds ruim geld voor grote werken.

Vraag 3
Klopt dit bericht?

Antwoord 3
Gemeenten melden: niemand betaalt houten bruggen zonder leuning binnen steden, want zulke bruggen vervallen.

Vraag 4
Bent u bereid tijdig te antwoorden?

Antwoord 4
Ja.

Vraag 5
Kunt u elke vraag afzonderlijk van een antwoord voorzien?

Antwoord 5
Voor het antwoord op deze vraag verwijs ik u kortheidshalve naar het antwoord op vraag 1.
"""
