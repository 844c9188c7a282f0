"""Fit and judge the account classifier: `python -m benchmarks.accounts DIR [--table]`, DIR holding the public sets.

Two sets with labels: InstaFake (Akyon & Kalfaoglu 2019; 200 fake, 994 real) and Instagram fake spammer genuine accounts
(576 + 120, half fake). Duplicates are removed; both sets and both labels weigh the same, so that neither the size of a
set nor its share of fake accounts enters. For every subset of what may be known of an account: ridge logistic
regression on `features`, its scale set on accounts of the set it was not fitted on; AUC by 10-fold within each set and
across; and how far the share of fake accounts is off on the other set after label-shift EM.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler

from asterism.signals.authenticity.features import COLUMNS, COUNTS, NEEDED, NO_COUNTS, OPTIONAL, Accounts, features

STRENGTH = 0.03
"""Inverse of the ridge, per account: strong, as what transfers matters more than what fits."""
SHARES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)


def instafake(folder):
    """(Accounts, label) of InstaFake without duplicates."""
    found = []
    for kind in ("fake", "real"):
        path = folder / "instafake" / "data" / "fake-v1.0" / f"{kind}AccountData.json"
        found += json.loads(path.read_text(encoding="utf-8"))
    names = (
        "userFollowerCount", "userFollowingCount", "userMediaCount", "userHasProfilPic", "userIsPrivate",
        "userBiographyLength", "usernameDigitCount", "isFake", "usernameLength",
    )  # fmt: skip
    rows = np.array([[row[name] for name in names] for row in found], dtype=float)
    rows[:, 6] /= np.maximum(rows[:, 8], 1)
    return distinct(rows[:, :8])


def spammers(folder):
    """(Accounts, label) of the set of 696 without duplicates."""
    order = (9, 10, 8, 0, 7, 5, 1, 11)
    found = []
    for name in ("train", "test"):
        path = folder / "insta_fake_696" / "Dataset_1" / f"{name}.csv"
        found += list(csv.reader(path.read_text(encoding="utf-8").splitlines()))[1:]
    return distinct(np.array([[float(row[i]) for i in order] for row in found]))


def distinct(rows):
    kept = rows[np.sort(np.unique(rows, axis=0, return_index=True)[1])]
    return Accounts(*kept[:, :7].T), kept[:, 7]


def codes():
    """Every code of what may be known that holds at least one count."""
    return [code for code in range(1, 1 << len(COLUMNS)) if code % NO_COUNTS]


def code_of(*names):
    return sum(1 << COLUMNS.index(name) for name in names)


def balanced(label):
    """Weights that let both labels count the same, with mean 1."""
    return np.where(label == 1, 0.5 / label.mean(), 0.5 / (1 - label.mean()))


def fit(x, label, weight):
    """Intercept and coefficients, of features as they stand; the ridge sees them standardised."""
    scaler = StandardScaler().fit(x, sample_weight=weight)
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(scaler.transform(x), label, sample_weight=weight)
    slopes = model.coef_[0] / scaler.scale_
    return np.concatenate((model.intercept_ - slopes @ scaler.mean_, slopes))


def score(coefficients, x):
    return coefficients[0] + x @ coefficients[1:]


def within(x, label):
    """AUC by 10-fold cross-validation."""
    found = np.empty(label.size)
    for inner, outer in StratifiedKFold(10, shuffle=True, random_state=0).split(x, label):
        found[outer] = score(fit(x[inner], label[inner], balanced(label[inner])), x[outer])
    return roc_auc_score(label, found)


def shift(scores, label, share):
    """The share found by label-shift EM in endlessly many accounts of which `share` are fake."""
    weight = np.where(label == 1, share / label.sum(), (1 - share) / (1 - label).sum())
    ratio, found = np.exp(np.clip(scores, -30, 30)), 0.5
    for _ in range(2000):
        found = weight @ (found * ratio / (found * ratio + 1 - found))
    return found


def judged(x, label):
    """For one subset of features of both sets: coefficients to ship, AUCs, errors of the share per direction."""
    fitted = [fit(one, y, balanced(y)) for one, y in zip(x, label, strict=True)]
    foreign = [score(fitted[0], x[1]), score(fitted[1], x[0])]
    told = [label[1], label[0]]
    scale = LogisticRegression(C=1e6).fit(
        np.concatenate(foreign)[:, None], np.concatenate(told), np.concatenate([balanced(y) for y in told])
    )
    slope, lift = scale.coef_[0, 0], scale.intercept_[0]
    errors = [
        [shift(slope * s + lift, y, share) - share for share in SHARES] for s, y in zip(foreign, told, strict=True)
    ]
    equal = np.concatenate([balanced(y) * sum(map(len, label)) / 2 / y.size for y in label])
    shipped = fit(np.concatenate(x), np.concatenate(label), equal) * slope
    shipped[0] += lift
    across = [roc_auc_score(y, s) for s, y in zip(foreign, told, strict=True)]
    return shipped, [within(one, y) for one, y in zip(x, label, strict=True)], across, np.array(errors)


def subset(code, sets):
    """The columns of the features that are known, and what is judged on them alone."""
    use = (NEEDED & code) == NEEDED
    return use, judged([features(accounts)[:, use] for accounts, _ in sets], [label for _, label in sets])


def transfer(errors):
    """c of sd = c·√share: how far a share is off on a set never seen, from the errors on two.

    The error from one set to the other has twice the variance of one set's own oddity s²; a third set is s·√(1 + ½) off
    what both together say, so the variance is 3/4 of the mean squared error. It grows like the share itself.
    """
    return float(np.sqrt(0.75 * np.mean(errors**2 / np.array(SHARES))))


def table(sets):
    """The rows of the coefficient module: code, transfer, intercept, coefficients (0 where not known).

    Knowing less never leaves less doubt: each transfer is at least that of every code that holds it.
    """
    found = {code: subset(code, sets) for code in codes()}
    alone = {code: transfer(errors) for code, (_, (_, _, _, errors)) in found.items()}
    for code, (use, (shipped, *_)) in found.items():
        row = np.zeros(use.size + 1)
        row[np.concatenate(([True], use))] = shipped
        yield code, max(sd for more, sd in alone.items() if more & code == code), row


def tell(sets):
    """Figures of the subsets a person would ask about."""
    print("known | AUC 10-fold InstaFake, 696 | InstaFake → 696, 696 → InstaFake | error of the share, points, of 5 10"
          " 20 30 40 50 60% | transfer")  # fmt: skip
    shown = [code_of(*COUNTS), *(code_of(*COUNTS, name) for name in OPTIONAL)]
    shown += [code_of(*COUNTS, "private", "bio_length"), code_of(*COUNTS, *OPTIONAL[:3]), code_of(*COLUMNS)]
    shown += [code_of("followers", "following"), *(code_of(name) for name in COUNTS)]
    for code in shown:
        _, (_, inside, across, errors) = subset(code, sets)
        known = ", ".join(name for i, name in enumerate(COLUMNS) if code >> i & 1)
        off = " / ".join(" ".join(f"{100 * e:+.0f}" for e in row) for row in errors)
        print(f"{known} | {inside[0]:.3f} {inside[1]:.3f} | {across[0]:.3f} {across[1]:.3f} | {off} | "
              f"{transfer(errors):.2f}")  # fmt: skip


if __name__ == "__main__":
    where = Path(sys.argv[1])
    both = [instafake(where), spammers(where)]
    tell(both)
    if "--table" in sys.argv:
        for code, doubt, row in table(both):
            print(f"{code:3d} {doubt:.2f} " + " ".join(f"{number:.3f}" if number else "0" for number in row))
