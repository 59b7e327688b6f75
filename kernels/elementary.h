/* exp, log1p and what is made of them, by arithmetic alone: no table, no branch, so that a loop over them is
 * vectorised and every instruction set gives the same bits. Within 3 units in the last place; log(1 + exp(x)) within
 * 6. */
#ifndef KERNELS_ELEMENTARY_H
#define KERNELS_ELEMENTARY_H

#include <stdint.h>
#include <string.h>

#define ALWAYS static inline __attribute__((always_inline))

/* exp(x), x <= 0: x = k log 2 + r with |r| <= log(2)/2. Adding 1.5 2^52 rounds x/log 2 to the integer k, which then
 * stands in the low bits; log 2 comes in two parts, the first of which times k is exact; the series of degree 13 is
 * exact to 2^-56; k is added to the exponent. A NaN stays one. */
ALWAYS double exp_negative(double x)
{
	const double round = 0x1.8p52, high = 0x1.62e42feep-1, low = 0x1.a39ef35793c76p-33;
	double k, r, r2, r4, p;
	int64_t bits, whole;

	x = x < -700 ? -700 : x;
	k = x * 0x1.71547652b82fep0 + round;
	memcpy(&whole, &k, sizeof whole);
	k -= round;
	r = (x - k * high) - k * low;
	r2 = r * r;
	r4 = r2 * r2;
	p = (((1 + r) + r2 * (1 / 2. + r * (1 / 6.))) +
	     r4 * ((1 / 24. + r * (1 / 120.)) + r2 * (1 / 720. + r * (1 / 5040.)))) +
	    (r4 * r4) * (((1 / 40320. + r * (1 / 362880.)) + r2 * (1 / 3628800. + r * (1 / 39916800.))) +
	                 r4 * (1 / 479001600. + r * (1 / 6227020800.)));
	memcpy(&bits, &p, sizeof bits);
	bits += (int64_t)((uint64_t)whole << 52);
	memcpy(&p, &bits, sizeof p);
	return p;
}

/* log(1 + u), 0 <= u <= 1: 2 artanh(s), s = u/(2 + u) <= 1/3, by its series up to s^31. */
ALWAYS double log1p_unit(double u)
{
	double s = u / (2 + u), q = s * s, q2 = q * q, q4 = q2 * q2;
	double low = ((1 + q * (1 / 3.)) + q2 * (1 / 5. + q * (1 / 7.))) +
	             q4 * ((1 / 9. + q * (1 / 11.)) + q2 * (1 / 13. + q * (1 / 15.)));
	double high = ((1 / 17. + q * (1 / 19.)) + q2 * (1 / 21. + q * (1 / 23.))) +
	              q4 * ((1 / 25. + q * (1 / 27.)) + q2 * (1 / 29. + q * (1 / 31.)));

	return 2 * s * (low + (q4 * q4) * high);
}

ALWAYS double softplus_of(double x)
{
	return (x > 0 ? x : 0) + log1p_unit(exp_negative(-__builtin_fabs(x)));
}

ALWAYS double sigmoid_of(double x)
{
	double u = exp_negative(-__builtin_fabs(x)), w = 1 / (1 + u);

	return x > 0 ? w : u * w;
}

#endif
