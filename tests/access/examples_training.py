"""Training for the walk of the URL map: real values for its converters, by route and converter."""

from __future__ import annotations

from typing import Any

from tests.access import examples_cohorts, examples_courses, examples_institutions, examples_matrix, examples_rollout

# Each builder's rows: the arguments of an Example ("here", "absent", "elsewhere"), by "route converter".
EXAMPLES: dict[str, dict[str, Any]] = {}
EXAMPLES |= examples_cohorts.EXAMPLES
EXAMPLES |= examples_courses.EXAMPLES
EXAMPLES |= examples_institutions.EXAMPLES
EXAMPLES |= examples_matrix.EXAMPLES
EXAMPLES |= examples_rollout.EXAMPLES
