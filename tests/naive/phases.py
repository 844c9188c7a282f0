"""Two phases as plain loops: person by person, every branch of the model written out, every division tried."""

from itertools import product

from tests.naive.planning import keeps_limits, links_per_person


def outcome(samples, offers, opened, followed, priming):
    """(opening's buyers, follow-up's fresh buyers, follow-up's primed buyers), by the branches of the story."""
    first = links_per_person(samples, offers, opened)
    second = links_per_person(samples, offers, followed)
    totals = [0.0, 0.0, 0.0]
    for p in range(samples.n_people):
        unreached, unsold, cold, primed = 1.0, 1.0, 1.0, 1.0
        for o, chance in first[p]:
            unreached *= 1 - chance * offers.reach[o]
            unsold *= 1 - chance * offers.buy[o]
        for o, chance in second[p]:
            cold *= 1 - chance * offers.buy[o]
            primed *= 1 - chance * min(priming * offers.buy[o], offers.reach[o])
        wanted = samples.weight[p] * samples.worth[p]
        reached_and_unsold = unsold - unreached
        totals[0] += wanted * (1 - unsold)
        totals[1] += wanted * unreached * (1 - cold)
        totals[2] += wanted * reached_and_unsold * (1 - primed)
    return totals


def counted(totals, rule):
    """What a hand-over rule counts of `outcome`."""
    opening, fresh, primed = totals
    return opening + (fresh if rule != "retarget" else 0.0) + (primed if rule != "extend" else 0.0)


def value(problem, opened, followed, priming, rule=None):
    """The worth of a division by a rule: people, or money less cost."""
    people = counted(outcome(problem.samples, problem.offers, opened, followed, priming), rule)
    if problem.objective.goal != "profit":
        return people
    return problem.objective.margin_cents * people - sum(int(problem.offers.cost[o]) for o in (*opened, *followed))


def best_of_all(problem, priming, posts=(99, 99)):
    """(value, opened, followed) of the best division with two phases, by trying every one; None if there is none."""
    offers, best = problem.offers, None
    choices = []
    for c in range(problem.samples.n_creators):
        rows = [o for o in range(len(offers)) if offers.creator[o] == c]
        choices.append([None, *((o, phase) for o in rows for phase in (0, 1) if offers.posts[o] <= posts[phase])])
    for pick in product(*choices):
        opened = [x[0] for x in pick if x is not None and x[1] == 0]
        followed = [x[0] for x in pick if x is not None and x[1] == 1]
        if opened and followed and keeps_limits(problem.constraints, offers, [*opened, *followed]):
            worth = value(problem, opened, followed, priming)
            if best is None or worth > best[0]:
                best = (worth, opened, followed)
    return best
