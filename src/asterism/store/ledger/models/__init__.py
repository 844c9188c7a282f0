"""Every table of the ledger, by what it is about."""

from asterism.store.ledger.models.access import Hook, HookDelivery, Once, Token
from asterism.store.ledger.models.campaigns import Brand, Campaign, Phase, PlanDraft
from asterism.store.ledger.models.collaborations import (
    Agreement,
    Collaboration,
    Deliverable,
    Draft,
    Figures,
    LivePost,
    Review,
)
from asterism.store.ledger.models.creators import Consent, Creator, Note, PrivacyRequest
from asterism.store.ledger.models.learning import Belief, Closing
from asterism.store.ledger.models.letters import Document, Message
from asterism.store.ledger.models.money import Cost, Payment
from asterism.store.ledger.models.orders import Arrival, Order, Rate, Refund, Shop
from asterism.store.ledger.models.people import Invitation, Member, User, Workspace
from asterism.store.ledger.models.sharing import Answer, Listed, ResultLink, ShareLink, Shortlist
from asterism.store.ledger.models.tracking import Click, LiftStudy, Link, PromoCode, Survey
from asterism.store.ledger.models.trail import Event
from asterism.store.ledger.models.work import Job, Task, Upload

__all__ = [
    "Agreement", "Answer", "Arrival", "Belief", "Brand", "Campaign", "Click", "Closing", "Collaboration",
    "Consent", "Cost", "Creator", "Deliverable", "Document", "Draft", "Event", "Figures", "Hook", "HookDelivery",
    "Invitation", "Job", "LiftStudy", "Link", "Listed", "LivePost", "Member", "Message", "Note", "Once", "Order",
    "Payment", "Phase", "PlanDraft", "PrivacyRequest", "PromoCode", "Rate", "Refund", "ResultLink", "Review",
    "ShareLink", "Shop", "Shortlist", "Survey", "Task", "Token", "Upload", "User", "Workspace",
]  # fmt: skip
