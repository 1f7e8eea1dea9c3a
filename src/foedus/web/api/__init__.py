"""The same as REST: every figure, document, event and review as JSON, with one shape of fault, pages and ETags."""

from __future__ import annotations

from fastapi import APIRouter

from foedus.web.api import crisis, description, documents, record, reviews
from foedus.web.api.answers import FAULTS

router = APIRouter(prefix="/api", responses=FAULTS)
for _room in (crisis, documents, reviews, record):
    router.include_router(_room.router)

__all__ = ["description", "router"]
