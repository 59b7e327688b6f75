/* The words for the codes of check.h, as reports and JSON print them. */
#include "verify/record/check.h"

const char *rate_verdict_name(rate_verdict_code code)
{
	switch (code) {
	case RATE_HOLDS: return "holds";
	case RATE_REFUTED: return "refuted";
	case RATE_HYPOTHESIS_FALSE: return "hypothesis-false";
	case RATE_BROKEN: return "broken";
	case RATE_NOT_APPLICABLE: return "not-applicable";
	}
	return "unknown";
}

const char *rate_statistic_name(rate_statistic s)
{
	switch (s) {
	case RATE_NONE: return "none";
	case RATE_PATH: return "path";
	case RATE_EXACT_MEAN: return "exact";
	case RATE_SAMPLED: return "sampled";
	case RATE_POINTS: return "points";
	}
	return "unknown";
}

const char *rate_law_name(rate_law law)
{
	switch (law) {
	case RATE_LAW_SAME: return "same";
	case RATE_LAW_ANOTHER: return "another";
	case RATE_LAW_UNKNOWN: return "unknown";
	case RATE_LAW_NONE: break;
	}
	return NULL;
}

int rate_parts(const rate_beside *b)
{
	if (b->fault || b->law == RATE_LAW_ANOTHER)
		return 1;
	return !b->step ? 0 : b->law == RATE_LAW_UNKNOWN ? -1 : 1;
}

const char *rate_culprit_name(rate_culprit culprit)
{
	switch (culprit) {
	case RATE_THE_OBJECTIVE: return "objective";
	case RATE_THE_METHOD: return "method";
	case RATE_THE_THEOREM: return "theorem";
	case RATE_NOBODY: break;
	}
	return NULL;
}

const char *rate_role_name(rate_role role)
{
	switch (role) {
	case RATE_ROLE_INSTANCE: return "instance";
	case RATE_ROLE_SHARP: return "sharp";
	case RATE_ROLE_CONTROL: return "control";
	}
	return "unknown";
}
