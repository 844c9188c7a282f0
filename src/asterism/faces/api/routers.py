"""The areas of the API, each a router."""

from typing import Final

from ninja import Router

from asterism.faces.api import (
    agenda,
    campaigns,
    collaborations,
    creators,
    documents,
    imports,
    jobs,
    messages,
    orders,
    privacy,
    results,
    shops,
    shortlists,
    tokens,
    tracking,
    webhooks,
    work,
    workspace,
)

ROUTERS: Final[dict[str, Router]] = {
    "/workspace": workspace.workspace,
    "/members": workspace.members,
    "/collaborations": collaborations.router,
    "/agreements": collaborations.terms,
    "/deliverables": work.deliverables,
    "/drafts": work.all_drafts,
    "/posts": work.all_posts,
    "/payments": work.all_payments,
    "/costs": work.all_costs,
    "/creators": creators.router,
    "/shortlists": shortlists.router,
    "/documents": documents.router,
    "/messages": messages.router,
    "/tasks": agenda.tasks,
    "/calendar": agenda.calendar,
    "/jobs": jobs.router,
    "/imports": imports.router,
    "/campaigns": campaigns.router,
    "/campaigns/{campaign}/tracking": tracking.tracking,
    "/campaigns/{campaign}/results": results.router,
    "/result-links": results.all_links,
    "/market": results.market,
    "/links": tracking.all_links,
    "/codes": tracking.all_codes,
    "/privacy": privacy.router,
    "/tokens": tokens.router,
    "/webhooks": webhooks.router,
    "/shops": shops.router,
    "/orders": orders.router,
    "/rates": orders.all_rates,
    "/figures": orders.post_figures,
}
"""Prefix of the address → router."""
