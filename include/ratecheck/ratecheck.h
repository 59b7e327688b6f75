/* ratecheck plugin ABI: everything.
 *
 * SPDX-License-Identifier: MIT
 * Copyright (C) The ratecheck authors.
 */
#ifndef RATECHECK_RATECHECK_H
#define RATECHECK_RATECHECK_H

#include "ratecheck/abi.h"
#include "ratecheck/method.h"
#include "ratecheck/objective.h"
#include "ratecheck/theorem.h"

#endif
