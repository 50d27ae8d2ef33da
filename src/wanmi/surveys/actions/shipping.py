"""The shipped procedures of surveys: their drawings with their forms."""

from typing import Final

SURVEY: Final = "special_survey"
SHARE: Final = "survey_share"
SHIPPED: Final = (SURVEY, SHARE)
