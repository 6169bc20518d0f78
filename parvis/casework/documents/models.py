"""One row a file that a client sent: what it is and what it answers. Its contents lie in the store.

Neither its name nor anything else that the client typed is kept.
"""

from django.db import models

from parvis.casework.documents.contents import MediaType


class StoredDocument(models.Model):
    """A file that answers a request."""

    application_id = models.BigIntegerField()
    """The file’s subject. No foreign key: a file’s row can be made again, and this stays."""
    document = models.CharField(max_length=64)
    """The code of what we asked for."""
    sha256 = models.CharField(max_length=64)
    """Digest of its contents: where they lie in the store, and what the fact names."""
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    """Bytes."""
    received_at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("application_id", "document", "received_at", "sha256"),
                name="an_answer_holds_a_file_once",
            ),
            models.CheckConstraint(
                name="a_file_is_named_by_its_sha256",
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="a_file_is_of_a_kind_that_we_take",
                condition=models.Q(media_type__in=[kind.value for kind in MediaType]),
            ),
            models.CheckConstraint(name="a_file_is_not_empty", condition=models.Q(size__gte=1)),
        )

    def __str__(self) -> str:
        return f"document {self.pk}"
