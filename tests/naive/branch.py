"""Branch and bound's kernels as plain loops; links are lists of (person, chance) per creator."""

import math


def classes(met, creators, n_people):
    """The set of creators that reaches each person; people with equal sets are alike."""
    return [frozenset(c for c in creators if p in met[c]) for p in range(n_people)]


def left_over(links, taken, worth):
    """What each person's worth has left after (creator, rate) of `taken`."""
    left = list(worth)
    for creator, rate in taken:
        for person, chance in links[creator]:
            left[person] *= 1 - min(chance * rate, 1.0)
    return left


def shared(links, creators, worth):
    """How many of the creators meet each person who is worth something."""
    return [sum(any(q == p for q, _ in links[c]) for c in set(creators)) * (w > 0) for p, w in enumerate(worth)]


def alone(links, offers, worth):
    """What each (creator, rate) gains from the people no other creator meets."""
    count = shared(links, [c for c, _ in offers], worth)
    return [sum(worth[p] * min(q * rate, 1.0) for p, q in links[c] if count[p] == 1) for c, rate in offers]


def gains(links, offers, worth, touch):
    """What each (creator, rate) gains from people whom several meet, each with the cut that touches at `touch`."""
    count = shared(links, [c for c, _ in offers], worth)
    out = []
    for creator, rate in offers:
        total = 0.0
        for p, chance in links[creator]:
            q = min(chance * rate, 1.0)
            if count[p] < 2 or q == 0.0:
                continue
            strength, v = -math.log1p(-q) if q < 1 else math.inf, touch[p]
            cut = math.exp(-v) * strength if strength <= v else (1 + v) * math.exp(-v) - (1 - q)
            total += worth[p] * cut
        out.append(total)
    return out


def filled(links, offers, shares, worth, touch):
    """How much of the cut of each person whom several meet is filled, and the part of that from weaker offers."""
    count = shared(links, [c for c, _ in offers], worth)
    cover, bent = [0.0] * len(worth), [0.0] * len(worth)
    for (creator, rate), share in zip(offers, shares, strict=True):
        for p, chance in links[creator]:
            q = min(chance * rate, 1.0)
            if count[p] < 2 or q == 0.0:
                continue
            strength = -math.log1p(-q) if q < 1 else math.inf
            part = min(strength / touch[p], 1.0)
            cover[p] += share * part
            bent[p] += share * part * (part < 1.0)
    return cover, bent
