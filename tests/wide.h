/* Plugins in wider arithmetic: compiled with this header first, every `double` is a long double, and so is the ABI.
 * <tgmath.h> picks the functions. Data and step lengths are made anew from the same numbers.
 *
 *     cc -shared -fPIC -include tests/wide.h -I include objectives/huber.c -o huber.so -lm
 */
#ifndef TESTS_WIDE_H
#define TESTS_WIDE_H

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tgmath.h>

#undef I /* of <complex.h> */
#define double long double

#endif
