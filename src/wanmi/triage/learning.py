"""Learning: weights out of examples, by multinomial logistic regression over TF-IDF.

scikit-learn is imported here alone and only when something is learnt, by a
worker or a command: no web process pays for it.
"""

from collections.abc import Sequence

import numpy as np

from .rules import Weights

MOST_TERMS = 12_000
_STRENGTH = 20.0
"""How freely weights may grow (C): held-out figures hardly change from 10 to 50."""
_ROUNDS = 200
_EXACT = 1e-3


class _Terms:
    """Hands terms through as they are; the cutting was done by `rules.terms`."""

    def __call__(self, found: Sequence[str]) -> Sequence[str]:
        return found


def fit(texts: Sequence[Sequence[str]], labels: Sequence[str]) -> Weights:
    """Return the weights learnt from texts (their terms) and labels; two labels at least."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = TfidfVectorizer(
        analyzer=_Terms(), sublinear_tf=True, max_features=MOST_TERMS, dtype=np.float32
    )
    matrix = vectorizer.fit_transform(texts)
    learner = LogisticRegression(C=_STRENGTH, max_iter=_ROUNDS, tol=_EXACT)
    learner.fit(matrix, labels)
    weights, base = learner.coef_, learner.intercept_
    if len(learner.classes_) == 2:  # two labels have one row: against the first
        weights, base = np.vstack([0 * weights, weights]), np.append(0.0, base)
    names = vectorizer.get_feature_names_out()
    return Weights(
        labels=tuple(str(label) for label in learner.classes_),
        places={str(name): place for place, name in enumerate(names)},
        idf=vectorizer.idf_.astype(np.float32),
        weights=np.ascontiguousarray(weights.T, np.float32),
        base=base.astype(np.float32),
    )
