"""`GivenDate`: a day as people give it; years that are slips of the pen are refused before they reach a calendar."""

from datetime import date
from typing import Annotated

from pydantic import Field

GivenDate = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2200, 1, 1))]
"""A day from 2000 to 2200."""
