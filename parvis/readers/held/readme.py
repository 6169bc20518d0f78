"""What lies in an archive and how to check it, in both languages: the one asked for first."""

from parvis.lib.signatures import fingerprint
from parvis.lib.text import Language, Text
from parvis.readers.held.page import HeldPage

_WORDS = Text(
    en="""\
YOUR FILE {number}
Made on {on} at {time}.

What is in here
  file.html, file.{other}.html  Everything we hold, to read. One in each language.
  file.json      The same as data, in both languages.
  accesses.csv   Who looked at your file, as a table.
  answers.json   Answers about programs, if you had us keep any in your account.
  documents/     What you sent us, as we keep it.
  manifest.json  The digest (SHA-256) of each of these.
  manifest.sig   Our signature of the manifest (Ed25519).
  key.pem        The key to check it with.

Is it whole, and is it ours?
  With Parvis:   parvis file verify ARCHIVE.zip --key key.pem
  With OpenSSL:  openssl pkeyutl -verify -pubin -inkey key.pem -rawin \\
                 -in manifest.json -sigfile manifest.sig
                 Then compare the digests: sha256sum file.json
  A false archive could bring a false key. Have ours from us, at /api/archive-key.
  Its short name is {fingerprint}.

Keep it safe
  It holds your private information. Whoever has it can read it.
""",
    fr="""\
VOTRE DOSSIER {number}
Fait le {on} à {time}.

Ce qu’il y a ici
  file.html, file.{other}.html  Tout ce que nous détenons, à lire. Un fichier par langue.
  file.json      La même chose en données, dans les deux langues.
  accesses.csv   Qui a consulté votre dossier, en tableau.
  answers.json   Vos réponses sur les programmes, si votre compte en garde.
  documents/     Ce que vous avez envoyé, tel que nous le conservons.
  manifest.json  L’empreinte (SHA-256) de chacun de ces fichiers.
  manifest.sig   Notre signature du manifeste (Ed25519).
  key.pem        La clé pour la vérifier.

L’archive est-elle entière, et vient-elle de nous ?
  Avec Parvis :  parvis file verify ARCHIVE.zip --key key.pem
  Avec OpenSSL : openssl pkeyutl -verify -pubin -inkey key.pem -rawin \\
                 -in manifest.json -sigfile manifest.sig
                 Comparez ensuite les empreintes : sha256sum file.json
  Une fausse archive peut apporter une fausse clé. Prenez la nôtre chez nous : /api/archive-key.
  Son nom court est {fingerprint}.

Gardez-la en lieu sûr
  Elle contient vos renseignements personnels. Qui l’a peut les lire.
""",
)
_RULE = "\n" + "-" * 78 + "\n\n"


def readme(page: HeldPage, language: Language, public_key: bytes) -> str:
    """Return the archive's README.txt."""
    other: Language = "fr" if language == "en" else "en"
    return _RULE.join(
        _WORDS[one].format(
            number=page.number,
            on=page.as_of.on.text[one],
            time=page.as_of.time[one],
            other=other,
            fingerprint=fingerprint(public_key),
        )
        for one in (language, other)
    )
