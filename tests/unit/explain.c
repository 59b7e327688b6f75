/* A verdict in words: each of them, with what was compared, and for whom the words are not. */
#include "tests/tap.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reports/draw.h"
#include "reports/report.h"

static char folder[] = "/tmp/ratecheck-explain-XXXXXX";

static void write_results(const char *lines)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof path, "%s/results.jsonl", folder);
	if (!(f = fopen(path, "w")) || fputs(lines, f) < 0 || fclose(f))
		bail_out("results.jsonl cannot be written");
}

/* The check `c` of the lines in words; "" with the reason in *e. */
static const char *explained(rate_error *e)
{
	static char *words;
	size_t size;
	FILE *out;

	free(words);
	words = NULL;
	if (!(out = open_memstream(&words, &size)))
		bail_out("no memory");
	if (rate_explain(out, folder, "c", e))
		rewind(out);
	fclose(out);
	return words;
}

#define LINE(rest) \
	"{\"check\":\"c\",\"theorem\":\"t\",\"title\":\"A theorem\",\"statement\":\"f falls\",\"quantity\":\"f\"," \
	"\"formula\":\"1/t\",\"objective\":\"abs\",\"method\":\"gd\",\"parameters\":\"gamma=1\"," \
	"\"replay\":\"ratecheck verify t\"," rest "}\n"
/* Compared at 7 steps, the largest ratio at step 3. */
#define STEPS "\"judged_steps\":7,\"steps\":7,\"at_step\":3"

static const struct {
	const char *line, *words[5];
} told[] = {
	{ LINE("\"role\":\"instance\",\"verdict\":\"holds\",\"statistic\":\"path\"," STEPS
	       ",\"max_ratio\":0.5,\"trivial\":true,\"sharpness\":0.25,\"claimed_factor\":1"),
	  { "c (instance)\nA theorem\n", "Claim        f falls\n", "the path itself, compared at 7 steps",
	    "obeys the bound", "Largest measured / bound 0.5, at step 3, near the start only.\n"
	    "The bound times anything below 0.25 would be refuted" } },
	{ LINE("\"role\":\"control\",\"verdict\":\"holds\",\"statistic\":\"exact\"," STEPS
	       ",\"max_ratio\":0.5,\"claimed_factor\":0.5"),
	  { "  times      0.5\n", "the exact expectation at 7 steps",
	    "that it was not refuted means that the check has no power" } },
	{ LINE("\"role\":\"control\",\"verdict\":\"refuted\",\"reason\":\"too low\",\"statistic\":\"points\","
	       "\"max_ratio\":2,\"at_step\":3,\"claimed_factor\":1"),
	  { "both sides, evaluated at points", "refuted: too low\n",
	    "it must be refuted, else the check could not fail" } },
	{ LINE("\"role\":\"instance\",\"verdict\":\"refuted\",\"blame\":\"theorem\",\"statistic\":\"sampled\","
	       "\"replicates\":512," STEPS ",\"unjudged_steps\":2,\"alpha\":1e-9,"
	       "\"log_e_value\":30.0,\"max_ratio\":2,\"claimed_factor\":1"),
	  { "512 independent replicates, at 7 steps (2 more are drawn, not judged)", "with probability at most 1e-09",
	    "against it is e^30,", "refuted would be from e^20.7 on", "not to blame: the claim is false here." } },
	{ LINE("\"role\":\"instance\",\"verdict\":\"refuted\",\"blame\":\"method\",\"statistic\":\"path\"," STEPS
	       ",\"max_ratio\":2,\"claimed_factor\":1"),
	  { "not to blame: the method is, which is not the one" } },
	{ LINE("\"role\":\"instance\",\"verdict\":\"refuted\",\"blame\":null,\"statistic\":\"path\"," STEPS
	       ",\"max_ratio\":2,\"claimed_factor\":1"),
	  { "the claim is false here, or the\nmethod is not the one that it speaks of." } },
	{ LINE("\"role\":\"instance\",\"verdict\":\"hypothesis-false\",\"statistic\":\"path\","
	       "\"max_ratio\":null,\"claimed_factor\":1"),
	  { "nothing is said of the theorem;\n`ratecheck probe` looks at the objective" } },
	{ LINE("\"role\":\"instance\",\"verdict\":\"broken\",\"statistic\":\"none\","
	       "\"max_ratio\":null,\"claimed_factor\":1"),
	  { "nothing: no comparison was made", "A plugin failed before a comparison could be made" } },
	{ LINE("\"role\":\"instance\",\"verdict\":\"not-applicable\",\"reason\":\"needs L\",\"statistic\":\"none\","
	       "\"max_ratio\":null,\"lowered\":\"T = 4 instead of 8\",\"note\":\"a remark\",\"claimed_factor\":1"),
	  { "not-applicable: needs L\nThe theorem says nothing about this objective.",
	    "Weaker       T = 4 instead of 8\n",
	    "Note         a remark\n", "Again:\n  ratecheck verify t\n" } },
	{ LINE("\"role\":\"instance\",\"verdict\":\"holds\",\"statistic\":\"path\"," STEPS ",\"max_ratio\":0.5,"
	       "\"claimed_factor\":1,\"exact_ratio\":0.75,\"exact_value\":0.0125,\"exact_status\":\"exact\","
	       "\"conduct\":\"the same law\",\"beside\":{\"method\":\"gd\",\"steps\":7,\"parts_at\":null}"),
	  { "Beside gd: the same law.\n", "Its path is that of gd for 7 steps, but for rounding.",
	    "whole class reaches 0.75 of the bound after these 7 steps, 0.0125.\n" } },
	{ LINE("\"role\":\"instance\",\"verdict\":\"holds\",\"statistic\":\"path\"," STEPS ",\"max_ratio\":0.5,"
	       "\"claimed_factor\":1,\"exact_ratio\":0.75,\"exact_value\":null,\"exact_status\":\"upper\","
	       "\"beside\":{\"method\":\"gd\",\"steps\":7,\"parts_at\":2}"),
	  { "whole class reaches at most 0.75 of the bound after these 7 steps.\n" } },
};

int main(void)
{
	rate_error e = { "" };

	if (!mkdtemp(folder))
		bail_out("no folder");
	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		const char *words;
		write_results(told[i].line);
		words = explained(&e);
		for (size_t k = 0; k < 5 && told[i].words[k]; k++)
			contains(words, told[i].words[k], "said so");
	}
	ok(!strstr(explained(&e), "Its path is that of gd"), "a method that parts is not said to stay");

	write_results("{\"check\":\"other\",\"theorem\":\"t\",\"verdict\":\"holds\",\"role\":\"instance\"}\n");
	is_str(explained(&e), "", "a check that is not there");
	contains(e.text, "no check 'c' in results.jsonl", "is named");
	write_results("");
	is_str(explained(&e), "", "no results");
	contains(e.text, "results.jsonl: holds no result", "is said");
	write_results("{\"check\":\n");
	is_str(explained(&e), "", "half a line");
	contains(e.text, "results.jsonl", "names the file");
	char path[128];
	snprintf(path, sizeof path, "%s/results.jsonl", folder);
	unlink(path);
	is_str(explained(&e), "", "no file");
	contains(e.text, "`ratecheck verify --output", "what makes one is said");
	rmdir(folder);
	return done_testing();
}
