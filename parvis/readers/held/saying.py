"""The headings and sentences that stand on the page to take along, as on the one to read."""

from parvis.lib.text import Text

TITLE = Text(
    en="Everything we hold on this application",
    fr="Tout ce que nous détenons sur cette demande",
)
ABOUT_YOU = Text(en="About you and this application", fr="À propos de vous et de cette demande")
HAPPENED = Text(en="What happened", fr="Ce qui s’est passé")
DOCUMENTS = Text(en="Documents you sent", fr="Documents que vous avez envoyés")
ASKED = Text(en="What we asked you for", fr="Ce que nous vous avons demandé")
DATES = Text(en="Dates we gave you", fr="Dates que nous vous avons données")
WITHHELD = Text(en="What we withheld", fr="Ce que nous avons retenu")
NONE_WITHHELD = Text(en="Nothing is withheld from you.", fr="Rien ne vous est caché.")
LOOKED = Text(en="Who looked at it", fr="Qui l’a consultée")
OWN_VISITS = Text(
    en="We do not record your own visits.", fr="Nous n’inscrivons pas vos propres visites."
)
NO_LOOKS = Text(
    en="Nobody has looked at it since we began to record this.",
    fr="Personne ne l’a consultée depuis que nous l’inscrivons.",
)
NOT_KEPT = Text(
    en="We no longer have its contents. This is our mistake.",
    fr="Nous n’avons plus son contenu. C’est notre erreur.",
)
MESSAGES = Text(en="Messages we sent you", fr="Messages que nous vous avons envoyés")
NOTHING = Text(en="None.", fr="Rien.")
