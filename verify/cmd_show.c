/* ratecheck show: one theorem, objective or method, for reading.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "verify/check.h"
#include "reports/report.h"
#include "verify/command.h"

static void show_params(const rate_class_info *c)
{
	if (c->params)
		printf("\nParameters\n");
	for (size_t i = 0; i < c->params; i++) {
		const rate_param_info *p = &c->param[i];
		printf("  %-12s %s", p->name, p->doc ? p->doc : "");
		if (p->choices)
			printf(" (%s)", p->choices);
		if (p->low < p->high)
			printf(" [%g, %g]", p->low, p->high);
		printf(p->preset ? " (default %s)\n" : " (must be given)%s\n", p->preset ? p->preset : "");
	}
}

static void show_instances(const char *head, const rate_instance_info *v, size_t n, int control)
{
	if (n)
		printf("\n%s\n", head);
	for (size_t i = 0; i < n; i++) {
		printf("  %s%s%s", v[i].objective, *v[i].parameters ? ", " : "", v[i].parameters);
		if (v[i].steps)
			printf(", T = %llu", (unsigned long long)v[i].steps);
		if (control && v[i].factor != 1)
			printf(", bound times %.4g", v[i].factor);
		if (!control && v[i].ratio == v[i].ratio)
			printf(": ratio %.4g", v[i].ratio);
		printf("%s%s\n", v[i].note && *v[i].note ? "\n      " : "", v[i].note ? v[i].note : "");
	}
}

static void show_theorem(const rate_class_info *c)
{
	printf("\nClaim (%s)\n  %s\n\nMeasured   %s\nBound      %s\nMethod     %s\nNeeds      ", rate_kind_name(c->claim),
	       c->statement, c->quantity ? c->quantity : "", c->formula ? c->formula : "", c->method ? c->method : "none");
	for (size_t i = 0; i < c->needs; i++)
		printf("%s%s", i ? ", " : "", c->need[i]);
	printf("\n");
	if (c->geometric)
		printf("Rate       geometric\n");
	else if (c->power > 0)
		printf("Rate       t^-%g\n", c->power);
	if (c->formal)
		printf("Formal     %s\n", c->formal);
	show_instances("Sharp instances (where the bound is reached)", c->sharp, c->sharps, 0);
	show_instances("Negative controls (which must be refuted)", c->control, c->controls, 1);
	printf("\nRun it with\n  ratecheck verify %s\n", c->id);
}

static int run(int argc, char **argv)
{
	static const struct option options[] = { { "plugin", 1, 0, 'f' }, { "results", 1, 0, 'r' }, { 0, 0, 0, 0 } };
	const char *files[64], *folder = NULL;
	char error[512];
	size_t count = 0;
	int c, code = 0, found = 0;
	rate_registry *r;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'r')
			folder = optarg;
		else if (c == 'f' && count < 64)
			files[count++] = optarg;
		else
			return 2;
	}
	if (optind + 1 != argc)
		return rate_usage("show takes one name; `ratecheck list` shows them");
	if (folder)
		return rate_explain(stdout, folder, argv[optind], error, sizeof error) ? rate_trouble("%s", error) : 0;
	if (!(r = rate_open_registry(files, count, 0, &code)))
		return code;
	for (int kind = RATE_OBJECTIVES; kind <= RATE_THEOREMS; kind++) {
		const rate_class_info *info = rate_registry_find(r, (rate_class)kind, argv[optind]);
		if (!info)
			continue;
		found = 1;
		printf("%s\n%s\n", info->id, info->title ? info->title : "");
		if (info->summary)
			printf("%s\n", info->summary);
		if (kind == RATE_THEOREMS)
			show_theorem(info);
		show_params(info);
		printf("\nSource     %s\nFile       %s (%s %s, %s)\n", info->source ? info->source : "", info->file, info->plugin,
		       info->version, info->licence);
	}
	rate_registry_free(r);
	return found ? 0 : rate_usage("no theorem, objective or method '%s'; `ratecheck list` shows them", argv[optind]);
}

const rate_command rate_command_show = {
	"show", "show THEOREM|OBJECTIVE|METHOD [--plugin FILE.so]... | CHECK --results DIR",
	"one theorem, objective, method or verdict, explained",
	"Prints the claim, bound, hypotheses, source, sharp instances and negative controls of a theorem, or the\n"
	"parameters of an objective or method.\n\n"
	"With --results DIR: one check of a results folder, why its verdict is what it is, and how to see it again. The ids\n"
	"stand in results.jsonl and in the report.\n",
	run
};
