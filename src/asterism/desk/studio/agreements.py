"""Agreements: versions of the terms, offered, and accepted word for word or not at all."""

from typing import Final

from pydantic import BaseModel, Field

from asterism.campaigns.deliverables import AGREEMENT
from asterism.campaigns.documents.letters import Letter, hash_of, letter
from asterism.campaigns.documents.merging import faults
from asterism.campaigns.steps import SYSTEM, TEAM, take
from asterism.desk.studio.collaborations import carry
from asterism.desk.studio.drafting import TermsWish, agreement_terms, letter_of, reworded
from asterism.desk.studio.given import Told, given_of
from asterism.desk.studio.messages import queue
from asterism.desk.studio.standing import cents, facts_for
from asterism.errors import BadInput, Conflict, NotFound
from asterism.store.ledger.models import Agreement, Collaboration
from asterism.store.ledger.scope import add, find, lock, move, rows, save, together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record
