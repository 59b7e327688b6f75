/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "kernels/kernels.h"

extern const rate_kernels rate_kernels_base;
#ifdef RATECHECK_ISA_LEVELS
extern const rate_kernels rate_kernels_v3, rate_kernels_v4;

static int has_v3(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
}

static int has_v4(void)
{
	return has_v3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
	       __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
	       __builtin_cpu_supports("avx512vl");
}
#endif

const rate_kernels *rate_kernels_named(const char *isa)
{
	const rate_kernels *have[3];
	size_t count = 0;

#ifdef RATECHECK_ISA_LEVELS
	if (has_v4())
		have[count++] = &rate_kernels_v4;
	if (has_v3())
		have[count++] = &rate_kernels_v3;
#endif
	have[count++] = &rate_kernels_base;
	for (size_t i = 0; i < count; i++)
		if (!isa || !strcmp(have[i]->isa, isa))
			return have[i];
	return NULL;
}

const rate_kernels *rate_kernels_chosen(void)
{
	const char *isa = getenv("RATECHECK_ISA");

	return rate_kernels_named(isa && *isa ? isa : NULL);
}
