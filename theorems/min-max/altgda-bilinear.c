/*:
# Alternating steps circle around a bilinear saddle

Simultaneous steps spiral away from every bilinear saddle. What if the second player waits until the first one has moved?

**Theorem.** Let $f(u,v)=(u-u_\star)'B(v-v_\star)$ with any $m\times n$ matrix $B$, and let $h=\gamma\|B\|<2$. From any $x_0=(u_0,v_0)$ the alternating steps
$$ u_{t+1}=u_t-\gamma B(v_t-v_\star),\qquad v_{t+1}=v_t+\gamma B'(u_{t+1}-u_\star) $$
satisfy for every $t\ge0$
$$ \|x_t-x_\star\|^2\;\le\;\frac{2+h}{2-h}\,\|x_0-x_\star\|^2. $$

They do not converge either: with $u$, $v$ measured from the saddle, $E(u,v)=\|u\|^2+\|v\|^2-\gamma u'Bv$ never changes. The points stay on an ellipsoid.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

FORMULA(bound, t, D2 * (2 + gamma * L) / (2 - gamma * L))

/*:
## Proof

Write $u,v$ for $u_t-u_\star$, $v_t-v_\star$ and $u^+,v^+$ for the next ones. As $v^+=v+\gamma B'u^+$,
$$ E(u^+,v^+)=\|u^+\|^2+\langle v^+,\,v^+-\gamma B'u^+\rangle=\|u^+\|^2+\langle v^+,v\rangle=\|u^+\|^2+\|v\|^2+\gamma\langle u^+,Bv\rangle, $$
and as $u^+=u-\gamma Bv$, the right side is $\langle u^+,u^++\gamma Bv\rangle+\|v\|^2=\langle u^+,u\rangle+\|v\|^2=\|u\|^2-\gamma u'Bv+\|v\|^2=E(u,v)$.

Since $|\gamma u'Bv|\le h\|u\|\|v\|\le\frac h2(\|u\|^2+\|v\|^2)$,
$$ \bigl(1-\tfrac h2\bigr)\|x_t-x_\star\|^2\le E(u_t,v_t)=E(u_0,v_0)\le\bigl(1+\tfrac h2\bigr)\|x_0-x_\star\|^2.\qquad\square $$

## How sharp it is

Attained: for $B=1$, $\gamma=\sqrt2$ and $x_0=(1,-1)$, on the short axis, every odd $t$ lies on the long one.

## What is run

Alternating steps on the field $V=(\nabla_uf,-\nabla_vf)$ of bilinear saddle functions; the objective tells where $u$ ends.

## What must fail

$0.9$ of the bound, and simultaneous steps.

## Exercises

1. Let $B=1$. With which period do the points go around, as a function of $h$?
2. Let $m=n=1$. Show that the mean of the points over a full period is the saddle.
3. *Compute.* Simultaneous steps with $\gamma=0.5$: how much is the bound exceeded after 20 steps? Add `--method gd` to `ratecheck verify altgda-bilinear:gamma=0.5 --objective bilinear --steps 20`, which holds.
:*/

SHARP(sharp,
	{ .objective = "bilinear:start=1/-1", .parameters = "gamma=1.4142135623730951",
	  .note = "from the short axis to the long one", .steps = 9, .ratio = 1 },
	{ .objective = "bilinear:B=2/1/0/0/1/-1,rows=2,centre=1/2/3/4/5,start=0", .parameters = "gamma=0.5",
	  .note = "two against three", .steps = 100 })
CONTROL(control,
	{ .objective = "bilinear:start=1/-1", .parameters = "gamma=1.4142135623730951", .note = "0.9 of the bound",
	  .steps = 9, .factor = 0.9 },
	{ .objective = "bilinear:start=1/0", .parameters = "gamma=0.5", .note = "simultaneous steps", .steps = 20,
	  .method = "gd" })

/*: {.plumbing} :*/
STEP(gamma, 2 / L, "0 < gamma < 2/|B|")

CLAIM(altgda_bilinear,
	.id = "altgda-bilinear", .chapter = "min-max", .title = "Alternating steps circle around a bilinear saddle",
	.statement = "f = u'Bv, h = γ‖B‖ < 2, u moves first, then v: ‖x_t − x*‖² ≤ (2 + h)/(2 − h) ‖x_0 − x*‖²",
	.quantity = "‖x_t − x*‖²", .formula = "(2 + h)/(2 − h) D²",
	.source = "classical (symplectic Euler); proved here",
	.kind = RATE_DETERMINISTIC, .flags = RATE_OPEN_END, .method = "alternating",
	NEEDS("field", "skew", "players.first", "L", "x_star", "no composite"), RANGE, .bound = bound,
	.measure = rate_measure_dist2, SHARP_AND_CONTROL)
