"""The HTTP API as a whole. Its description is at /api/openapi.json."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from parvis.api.answers import router as answers
from parvis.api.applications import router
from parvis.api.asking import SIGNED_IN
from parvis.api.assessments import router as assessments
from parvis.api.contacts import router as contacts
from parvis.api.figures import router as figures
from parvis.api.held import router as held
from parvis.api.kept import router as kept
from parvis.api.problems import answer_problems
from parvis.api.times import router as times
from parvis.api.tokens import router as tokens


class Api(NinjaAPI):
    """The API, which works out once what it is: that takes a third of a second."""

    _described: OpenAPISchema | None = None

    def get_openapi_schema(self, **asked: Any) -> OpenAPISchema:
        """Return its description, the same for everybody."""
        if self._described is None:
            self._described = super().get_openapi_schema(**asked)
        return self._described


api = Api(
    title="Parvis",
    version="1",
    description="Applications as their clients and officers see them, in English and French.",
    auth=SIGNED_IN,
    # The pages that show a description load scripts from elsewhere; ours come from here.
    docs_url=None,
)
api.add_router("", router)
api.add_router("", answers)
api.add_router("", held)
api.add_router("", times)
api.add_router("", figures)
api.add_router("", kept)
api.add_router("", assessments)
api.add_router("", tokens)
api.add_router("", contacts)
answer_problems(api)
