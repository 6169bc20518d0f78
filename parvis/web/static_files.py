"""The static files' addresses, which hold a digest of each file's content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # has no types
    """WhiteNoise's, which works an address out once: a page has eight, and each takes 30 µs."""

    def url(self, name: str | None, force: bool = False) -> str:
        """Return the address of a file; while these files are the ones collected, it stays."""
        kept: dict[object, str] = self.__dict__.setdefault("_kept", {})
        of = (name, force, self.manifest_hash)
        if of not in kept:
            kept[of] = super().url(name, force)
        return kept[of]
