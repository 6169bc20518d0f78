"""The names by which whoever makes an archive and whoever checks one know its parts."""

FORMAT = "parvis-file/1"
"""The shape of an archive; it changes when a reader of the old one would stumble."""
MANIFEST, SIGNATURE, KEY = "manifest.json", "manifest.sig", "key.pem"
