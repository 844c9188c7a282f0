"""What the worker does with a study of lift: how often a lift would be found, and what the lift was."""

from collections.abc import Mapping
from typing import Any

from asterism.desk.lift import to_come
from asterism.desk.studio.lifts import LIFT, PLANNED, POWER, panel_back
from asterism.errors import BadInput
from asterism.measurement.lift.answer import LEVEL, How, chosen, lift_of
from asterism.measurement.lift.power import power_of
from asterism.measurement.lift.trace import trace_of
from asterism.measurement.lift.trial import Trial, trial_of
from asterism.store.ledger.jobs import Finish, Work, register
from asterism.store.ledger.models import LiftStudy
from asterism.store.ledger.scope import find, lock, save
from asterism.store.ledger.trail import record


@register(POWER)
def tell_power(work: Work) -> Finish:
    """Try the test on days on which nothing ran, and keep how often the lift would be found."""
    work.seat.insist("plan")
    study = find(work.seat, LiftStudy, work.asks["study"])
    work.tell("Trying the test on the past", 0.1)
    trial, effect = _trial(study, work.asks.get("days")), work.asks["effect"]
    power: dict[str, Any]
    try:
        power = power_of(trial, chosen(trial, "auto"), effect, LEVEL).to_dict()
    except BadInput as error:
        power = {"enough": None, "effect": effect, "level": LEVEL, "sentence": f"{error.what} {error.fix}"}
    return _keeping(work, {"power": power}, "lift.power_told", power["sentence"])


@register(LIFT)
def estimate_lift(work: Work) -> Finish:
    """Estimate a study's lift beside its placebos; figures of a test that is too small are not kept."""
    work.seat.insist("plan")
    study = find(work.seat, LiftStudy, work.asks["study"])
    work.tell("Fitting places and placebos", 0.1)
    trial = _trial(study, None)
    found = lift_of(trial, How(effect=work.asks["effect"]))
    result: dict[str, Any] = {"power": study.result.get("power", {})}
    if found.told:
        work.tell("Drawing what would have come", 0.8)
        result |= found.to_dict() | {"why": found.why, "trace": trace_of(trial, found.method).to_dict()}
    else:
        result |= found.withheld()
    return _keeping(work, result, "lift.estimated", result["sentence"])


def _trial(study: LiftStudy, days: int | None) -> Trial:
    panel = panel_back(study.panel)
    if study.kind == PLANNED and days:
        return to_come(panel, study.treated, days)
    return trial_of(panel, study.treated, study.start)


def _keeping(work: Work, result: Mapping[str, Any], deed: str, sentence: str) -> Finish:
    def finish() -> dict[str, Any]:
        study = lock(work.seat, LiftStudy, work.asks["study"])
        save(work.seat, study, result=dict(result))
        record(work.seat, deed, study)
        return {"study": study.pk, "sentence": sentence}

    return finish
