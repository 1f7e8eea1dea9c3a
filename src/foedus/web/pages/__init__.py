"""The pages: each a view of one question, with its whole state in the address."""

from __future__ import annotations

from fastapi import APIRouter

from foedus.web.pages import adding, crisis, reading, record, supporter, views

router = APIRouter()
for _room in (crisis, supporter, views, reading, record, adding):
    router.include_router(_room.router)
