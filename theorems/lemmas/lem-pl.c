/*:
# Polyak–Łojasiewicz without convexity

**Lemma (lem-pl-nonconvex).** A function with the constant `pl` satisfies $\|\nabla f(x)\|^2\ge2\,\mathtt{pl}\,(f(x)-f_\star)$ everywhere. In particular
$f(x)=x^2+3\sin^2x$, which is not convex ($f''=2+6\cos2x$ goes down to $-4$), does so with
$$ \mathtt{pl}=0.1755 . $$

**Proof for $x^2+3\sin^2x$.** Let $\phi=f'^2-2\,\mathtt{pl}\,f$ with $f'(x)=2x+3\sin2x$. It is even, so let $x\ge0$; the claim is $\phi\ge0$.

- For $x\ge12$: $f'\ge2x-3$ and $2f\le2x^2+6$, and $(2x-3)^2\ge2x^2+6$.
- For $x\le\frac1{10}$: $\sin u\ge u-\frac{u^3}6$ gives $f'\ge7.96\,x$, and $f\le4x^2$, so $\phi\ge63x^2-1.41x^2$.
- Between them $|f'|\le27$ and $|f''|\le8$, so that $|\phi'|=|f'|\,|2f''-2\,\mathtt{pl}|<450$. If $\phi(x)>0$, then $\phi>0$ on the whole interval from $x$ to $x+\phi(x)/450$. Start at $\frac1{10}$ and go on from the end of each such
  interval: after some sixteen thousand of them 12 is passed. This is a computation, with room for its rounding errors, and one of the program's own tests makes it. $\square$

The least value of $f'^2/(2f)$ is $0.17553$, at $|x|=2.2017$. The constant $1/32$ that is often quoted is safe, and five times too small.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lemmas.h"

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	double gap, scale;
	struct two t;

	if (look(p, &t, 0))
		return RATE_FAIL;
	if (p->run->call->gap(p->run, t.x, &gap, &scale)) {
		free(t.room.store);
		return RATE_FAIL;
	}
	*left = 2 * p->c->pl * gap;
	*right = dot_of(p, t.gx, t.gx);
	*s = 2 * p->c->pl * scale + t.round_g * t.round_g;
	free(t.room.store);
	return RATE_OK;
}

/*:
**How sharp.** Near $x=2.2017$ the ratio is $0.1755/0.17553={{lem-pl-nonconvex#1.max_ratio:4}}$.

**What is run.** Random points on every objective that declares `pl` (or $\mu$, which implies it), a quarter of them searched near the worst.
**What must fail.** $0.9$ times the right side on $x^2+3\sin^2x$.

**Exercises.**

1. Show that every stationary point of a PL function is a global minimiser.
2. Its minimisers need not form a convex set: give a PL function of the plane with a curved valley.
3. Can a PL function on the line have exactly two minimisers?
:*/

SHARP(sharp,
	{ .objective = "pl-sine", .note = "x^2 + 3 sin^2 x near 2.2017", .ratio = 0.1755 / 0.175530986 })
CONTROL(control,
	{ .objective = "pl-sine", .note = "0.9 of the right side", .factor = 0.9 })

/*: {.plumbing} :*/

const rate_theorem lem_pl_nonconvex = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-pl-nonconvex",
	.title = "The Polyak–Łojasiewicz inequality without convexity",
	.statement = "2 pl (f(x) − f*) ≤ ‖∇f(x)‖²; x² + 3 sin² x with pl = 0.1755",
	.quantity = "2 pl (f(x) − f*)",
	.formula = "‖∇f(x)‖²",
	NEEDS("pl", "f_star", "no composite"),
	.evaluate = evaluate,
	.sharp = sharp,
	.control = control };
