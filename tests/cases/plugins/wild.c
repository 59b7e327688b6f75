/* A plugin that writes where it should not: over all memory that it shares with the program, in `destroy`, in `gradient` or in
 * a constructor (-DWHEN=...), with bytes of its own or with the text of a descriptor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ratecheck/ratecheck.h"

enum { DESTROY, GRADIENT, CONSTRUCTOR };
#ifndef WHEN
#define WHEN DESTROY
#endif

static long how; /* the seed of the bytes; 0: all ones; -1: descriptors; -2: descriptors, and an end */

static void fill(unsigned char *from, unsigned char *end)
{
	static const char text[] = "[{\"kind\":0,\"flags\":0,\"id\":\"forged\",\"params\":[],\"title\":\"\\u001b[31m\"}]";
	uint64_t h = (uint64_t)how, many = 1u << 30;

	if (how < 0) {
		memcpy(from, &many, sizeof many);
		for (unsigned char *p = from + sizeof many; end - p > (long)sizeof text && p < from + 65536; p += sizeof text)
			memcpy(p, text, sizeof text);
		return;
	}
	for (unsigned char *p = from; p < end; p++) {
		h = h * 6364136223846793005u + 1442695040888963407u;
		*p = how ? (unsigned char)(h >> 56) : 0xff;
	}
}

static void scribble(void)
{
	FILE *in = fopen("/proc/self/maps", "r");
	unsigned long from[512], end[512];
	char line[512], rights[8];
	size_t n = 0;

	while (in && n < 512 && fgets(line, sizeof line, in))
		if (sscanf(line, "%lx-%lx %7s", &from[n], &end[n], rights) == 3 && !strcmp(rights, "rw-s"))
			n++;
	if (in)
		fclose(in);
	for (size_t i = 0; i < n; i++)
		fill((unsigned char *)from[i], (unsigned char *)(end[i] - from[i] > 1u << 24 ? from[i] + (1u << 24) : end[i]));
	if (how == -2)
		_exit(0);
}

#if WHEN == CONSTRUCTOR
__attribute__((constructor)) static void begin(void)
{
	const char *text = getenv("WILD");

	how = text ? atol(text) : 0;
	if (text)
		scribble();
}
#endif

static int create(const rate_host *host, const rate_args *args, void **self)
{
	static int here;

	(void)host;
	how = args->value[0].integer;
	return *self = &here, RATE_OK;
}
static void destroy(void *self)
{
	(void)self;
	if (WHEN == DESTROY)
		scribble();
}
static size_t dim(void *self) { return (void)self, 1; }
static int value(void *self, const double *x, double *f) { return (void)self, *f = *x * *x / 2, RATE_OK; }
static int gradient(void *self, const double *x, double *g)
{
	static int calls;

	(void)self;
	*g = *x;
	if (WHEN == GRADIENT && ++calls == 20)
		scribble();
	return RATE_OK;
}
static int scalar(void *self, const char *name, rate_constant *out)
{
	(void)self;
	out->kind = RATE_EXACT;
	out->value = strcmp(name, "f_star") ? 1 : 0;
	return strcmp(name, "convex") && strcmp(name, "L") && strcmp(name, "mu") && strcmp(name, "f_star") ? RATE_FAIL : RATE_OK;
}
static int vector(void *self, const char *name, size_t n, double *out)
{
	(void)self;
	memset(out, 0, n * sizeof *out);
	return strcmp(name, "x_star") ? RATE_FAIL : RATE_OK;
}
static int start(void *self, double *x) { return (void)self, *x = 1, RATE_OK; }
static const rate_constants constants = { sizeof constants, scalar, vector };
static const rate_start starts = { sizeof starts, start };
static const void *interface(void *self, const char *name)
{
	(void)self;
	return !strcmp(name, "constants/1") ? (const void *)&constants : !strcmp(name, "start/1") ? &starts : NULL;
}
static const rate_param params[] = { { "how", RATE_INTEGER, "0", -2, 1e9, NULL, "" } };
static const rate_objective wild = { .size = sizeof wild, .abi = RATE_ABI, .id = "wild", .title = "wild", .params = RATE_ROWS(params),
	.create = create, .destroy = destroy, .dim = dim, .value = value, .gradient = gradient, .interface = interface };
static const rate_objective *const objectives[] = { &wild };
RATE_PLUGIN("wild", "1", "MIT", .objectives = RATE_LIST(objectives))
