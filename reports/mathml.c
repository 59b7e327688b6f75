/* Theorems state their claims in plain text with Unicode; here the formulas in it become MathML.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/mathml.h"
#include "reports/escape.h"
#include "reports/script.h"

#include <ctype.h>
#include <string.h>

typedef struct rate_span {
	const char *s;
	size_t n;
} rate_span;

static rate_span from(rate_span t, size_t n)
{
	return (rate_span){ t.s + n, t.n - n };
}

static int starts(rate_span t, const char *sign)
{
	size_t n = strlen(sign);

	return t.n >= n && !memcmp(t.s, sign, n);
}

static int is_one_of(const char *const list[], rate_span t)
{
	for (; *list; list++)
		if (strlen(*list) == t.n && starts(t, *list))
			return 1;
	return 0;
}

/* Names that are set upright within a formula. */
static int is_function(rate_span t)
{
	static const char *const names[] = { "max", "min", "log", "ln", "exp", "sin", "cos", "tan", "sinh", "cosh",
	                                     "tanh", "coth", "arctan", "inf", "sup", "det", "lim", "tr", "prox", "clip",
	                                     "sign", "argmin", "softmax", "lmo", "diag", "vec", "rank", "span", "cond",
	                                     "vol", "Var", "Cov", "KL", "TV", "CVaR", "Regret", "dist", NULL };
	return is_one_of(names, t);
}

/* "convex", "RMS", "RMSprop"; not the products LM, dMT and ckt. */
static int is_word(rate_span t)
{
	static const char *const two[] = { "of", "on", "at", "if", "as", "is", "or", "by", "to", "in", "an", "it",
	                                   "up", "so", "no", "we", "be", NULL };
	size_t i, small = 0, vowels = 0, last = 0; /* of `last` small letters at the end */

	if (t.n < 3)
		return is_one_of(two, t);
	for (i = 0; i < t.n; i++) {
		small += islower((unsigned char)t.s[i]) != 0;
		last = islower((unsigned char)t.s[i]) ? last + 1 : 0;
		vowels += strchr("aeiouy", tolower((unsigned char)t.s[i])) != NULL;
	}
	return !is_function(t) && (!small || (vowels && (last > 2 || small + 1 >= t.n)));
}

static size_t letters(rate_span t)
{
	size_t n = 0;

	while (n < t.n && isalpha((unsigned char)t.s[n]))
		n++;
	return n;
}

static size_t digits(rate_span t)
{
	size_t n = 0;

	while (n < t.n && isdigit((unsigned char)t.s[n])) {
		n++;
		n += n + 1 < t.n && t.s[n] == '.' && isdigit((unsigned char)t.s[n + 1]);
	}
	return n;
}

static size_t sign_bytes(rate_span t)
{
	size_t n = t.n ? rate_script_sign(t.s) : 0;

	return n < t.n ? n : t.n;
}

/* Marks above the letter before them. */
static const char *accent_at(rate_span t)
{
	static const char *const marks[][2] = { { "\u0304", "¯" }, { "\u0302", "^" }, { "\u0303", "~" },
	                                        { "\u0307", "˙" }, { "\u0308", "¨" } };
	size_t i;

	for (i = 0; i < sizeof marks / sizeof *marks; i++)
		if (starts(t, marks[i][0]))
			return marks[i][1];
	return NULL;
}

/* Signs that are raised (up = 1) or lowered, with what they stand for. */
static const char *small_sign(rate_span t, int up)
{
	static const struct {
		const char *sign, *plain;
		int up;
	} table[] = {
		{ "⁰", "0", 1 }, { "¹", "1", 1 }, { "²", "2", 1 }, { "³", "3", 1 }, { "⁴", "4", 1 }, { "⁵", "5", 1 },
		{ "⁶", "6", 1 }, { "⁷", "7", 1 }, { "⁸", "8", 1 }, { "⁹", "9", 1 }, { "⁺", "+", 1 }, { "⁻", "−", 1 },
		{ "⁽", "(", 1 }, { "⁾", ")", 1 }, { "ᵀ", "T", 1 }, { "ⁿ", "n", 1 }, { "*", "⋆", 1 }, { "'", "′", 1 },
		{ "₀", "0", 0 }, { "₁", "1", 0 }, { "₂", "2", 0 }, { "₃", "3", 0 }, { "₄", "4", 0 }, { "₅", "5", 0 },
		{ "₆", "6", 0 }, { "₇", "7", 0 }, { "₈", "8", 0 }, { "₉", "9", 0 }, { "₊", "+", 0 }, { "₋", "−", 0 },
	};
	size_t i;

	for (i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].up == up && starts(t, table[i].sign))
			return table[i].plain;
	return NULL;
}

/* What an index, a power or a root takes: a bracket (*inner is what stands in it), a number, a name, one sign. Its
 * bytes. `rounds`: round brackets are not shown either. */
static size_t argument(rate_span t, int rounds, rate_span *inner)
{
	size_t n = t.n ? rate_script_bracket(t.s, '{', '}') : 0, minus;

	if (!n && rounds && t.n)
		n = rate_script_bracket(t.s, '(', ')');
	if (n && n <= t.n) {
		*inner = (rate_span){ t.s + 1, n - 2 };
		return n;
	}
	minus = starts(t, "−") ? strlen("−") : starts(t, "-") ? 1 : 0;
	if ((n = digits(from(t, minus)))) {
		n += minus;
		while (rounds && n + 1 < t.n && t.s[n] == '/' && isdigit((unsigned char)t.s[n + 1]))
			n += 1 + digits(from(t, n + 1));
	} else if ((n = letters(t)) > 1) {
		/* A name is of one case (L_max), and a letter before a mark has an index of its own: A_iQ_i. */
		size_t same = 1;
		while (same < n && !islower((unsigned char)t.s[same]) == !islower((unsigned char)*t.s))
			same++;
		n = same > 1 && same < t.n && (t.s[same] == '_' || t.s[same] == '^') ? same - 1 : same;
	} else if (!n) {
		n = minus + sign_bytes(from(t, minus));
	}
	*inner = (rate_span){ t.s, n };
	return n;
}

/* The bytes of an index, or of a power, at t: all that follow one another are one, x*² and A⁻¹. */
static size_t script_bytes(rate_span t, int up)
{
	rate_span inner, rest = t;

	while (rest.n) {
		size_t n = *rest.s == (up ? '^' : '_') ? argument(from(rest, 1), up, &inner) : 0;
		if (!n && !small_sign(rest, up))
			break;
		rest = from(rest, n ? n + 1 : sign_bytes(rest));
	}
	return t.n - rest.n;
}

static void text(FILE *out, rate_span t)
{
	char piece[128];

	while (t.n) {
		size_t n = 0;
		do
			n += sign_bytes(from(t, n));
		while (n < t.n && n < sizeof piece - 8);
		snprintf(piece, sizeof piece, "%.*s", (int)n, t.s);
		rate_escape(out, RATE_HTML, piece);
		t = from(t, n);
	}
}

static void formula(FILE *out, rate_span t);

static void script(FILE *out, rate_span t, int up)
{
	fputs("<mrow>", out);
	while (t.n) {
		const char *plain = small_sign(t, up);
		rate_span inner;
		size_t n = sign_bytes(t);
		if (!plain) {
			n = 1 + argument(from(t, 1), up, &inner);
			formula(out, inner);
		} else if (isalnum((unsigned char)*plain)) {
			fprintf(out, "<mn>%s</mn>", plain);
		} else {
			fprintf(out, "<mo form=prefix lspace=0 rspace=0 stretchy=false>%s</mo>", plain);
		}
		t = from(t, n);
	}
	fputs("</mrow>", out);
}

/* What stands before a sign: nothing that it could join, something, a name that is to be parted from it. */
typedef enum rate_side { NOTHING, OPERAND, NAME, CLOSING } rate_side;

/* How signs are set; the others are operators. A bar opens and closes in turn. */
static const struct rate_class {
	const char *signs, *open, *close;
	rate_side after;
} opening = { "( [ { ⟨ ⌈ ⌊", "<mo form=prefix stretchy=false lspace=0 rspace=0>", "</mo>", NOTHING },
  closing = { ") ] } ⟩ ⌉ ⌋", "<mo form=postfix stretchy=false lspace=0 rspace=0>", "</mo>", CLOSING },
  others[] = {
	{ "½ ¼ ⅓ ⅔ …", "<mn>", "</mn>", OPERAND },
	{ "ℓ ℤ ∞ ϱ", "<mi>", "</mi>", OPERAND },
	{ "/ ∇ ∂ ·", "<mo lspace=0 rspace=0>", "</mo>", NOTHING },
	{ "+ − - ±", "<mo>", "</mo>", NOTHING },
	{ "Σ Π", "<mo largeop=false movablelimits=false lspace=0>", "</mo>", NOTHING },
};

static int is_among(const char *signs, rate_span sign)
{
	for (; *signs; signs += rate_script_sign(signs))
		if (*signs != ' ' && rate_script_sign(signs) == sign.n && !memcmp(signs, sign.s, sign.n))
			return 1;
	return 0;
}

static const struct rate_class *class_of(rate_span sign, int *bars)
{
	size_t i;

	if (starts(sign, "‖") || starts(sign, "|"))
		return (*bars)++ % 2 ? &closing : &opening;
	if (is_among(opening.signs, sign) || is_among(closing.signs, sign))
		return is_among(opening.signs, sign) ? &opening : &closing;
	for (i = 0; i < sizeof others / sizeof *others; i++)
		if (is_among(others[i].signs, sign))
			return &others[i];
	return NULL;
}

static int is_greek(rate_span t)
{
	return (unsigned char)*t.s == 0xce || (unsigned char)*t.s == 0xcf;
}

/* A name, a number, a root or a sign without its indices: its bytes. Nothing is written where out is NULL. *side is
 * what stands before, then what this is to the next; *bars counts the bars, whose second one closes. */
static size_t base(FILE *out, rate_span t, rate_side *side, int *bars)
{
	static const char root[] = "√";
	rate_span inner, sign = { t.s, letters(t) };
	const struct rate_class *how;
	const char *open = "<mi>", *close = "</mi>", *accent = NULL;
	rate_side before = *side;

	*side = OPERAND;
	if (sign.n > 1 && is_word(sign)) {
		open = "<mtext>", close = "</mtext>";
		*side = NAME;
	} else if (sign.n > 1 && is_function(sign)) {
		*side = NAME;
	} else if (sign.n) {
		sign.n = 1;
	} else if ((sign.n = digits(t))) {
		open = "<mn>", close = "</mn>";
	} else if (starts(t, root) && argument(from(t, strlen(root)), 1, &inner)) {
		size_t n = strlen(root) + argument(from(t, strlen(root)), 1, &inner);
		size_t index = inner.s == t.s + strlen(root) ? script_bytes(from(t, n), 0) : 0; /* √L_max */
		inner.n += index;
		if (out) {
			fputs("<msqrt>", out);
			formula(out, inner);
			fputs("</msqrt>", out);
		}
		return n + index;
	} else {
		sign.n = sign_bytes(t);
		if ((how = class_of(sign, bars))) {
			open = how->open, close = how->close;
			*side = how->after;
			if (before == NOTHING && how->signs[0] == '+')
				open = "<mo form=prefix lspace=0 rspace=0>";
		} else if (!is_greek(t)) {
			open = "<mo form=infix>", close = "</mo>";
			*side = NOTHING;
		}
	}
	if (*open == '<' && open[2] == 'i' && sign.n <= 2)
		accent = accent_at(from(t, sign.n));
	if (out) {
		fputs(accent ? "<mover>" : "", out);
		fputs(open, out);
		if (sign.n == 1 && *t.s == 'E')
			fputs("𝔼", out);
		else
			text(out, sign);
		fputs(close, out);
		if (accent)
			fprintf(out, "<mo stretchy=false>%s</mo></mover>", accent);
	}
	return sign.n + (accent ? sign_bytes(from(t, sign.n)) : 0);
}

static void formula(FILE *out, rate_span t)
{
	rate_side side = NOTHING;
	int bars = 0;

	while (t.n) {
		rate_span low, high, rest = t;
		rate_side before = side;
		int counted = bars;

		while (rest.n && (*rest.s == ' ' || *rest.s == '\n'))
			rest = from(rest, 1);
		if (!rest.n)
			return;
		low = high = from(rest, base(NULL, rest, &side, &counted));
		if ((low.n && script_bytes(low, 1))) /* ‖x‖²_B */
			low = from(low, script_bytes(low, 1));
		else
			high = from(high, script_bytes(high, 0));
		low.n = script_bytes(low, 0);
		high.n = script_bytes(high, 1);
		if (before != NOTHING && (side == OPERAND || side == NAME) && (rest.s > t.s || before == NAME))
			fputs("<mspace width=.2em></mspace>", out);
		fputs(low.n && high.n ? "<msubsup>" : low.n ? "<msub>" : high.n ? "<msup>" : "", out);
		side = before;
		t = from(rest, base(out, rest, &side, &bars) + low.n + high.n);
		if (low.n)
			script(out, low, 0);
		if (high.n)
			script(out, high, 1);
		fputs(low.n && high.n ? "</msubsup>" : low.n ? "</msub>" : high.n ? "</msup>" : "", out);
	}
}

/* Up to the next blank that stands in no { }. */
static size_t chunk_bytes(const char *s)
{
	size_t n = 0;
	int depth = 0;

	for (; s[n] && ((s[n] != ' ' && s[n] != '\n') || depth > 0); n++)
		depth += s[n] == '{' ? 1 : s[n] == '}' ? -1 : 0;
	return n;
}

static int brackets(rate_span t)
{
	int depth = 0;

	for (; t.n; t = from(t, 1))
		depth += strchr("([", *t.s) ? 1 : strchr(")]", *t.s) ? -1 : 0;
	return depth;
}

static rate_span next_chunk(const char *s)
{
	while (*s == ' ' || *s == '\n')
		s++;
	return (rate_span){ s, chunk_bytes(s) };
}

/* The bytes before a "-smooth": of constants, one letter or with an index; 0 if there are none. */
static size_t before_hyphen(rate_span t)
{
	size_t n;

	for (n = 1; n + 2 < t.n; n++)
		if (t.s[n] == '-' && letters(from(t, n + 1)) > 1)
			return n;
	return 0;
}

/* Whether a chunk is words: "convex,", "(the", "re-used", the id "lm-gaussian"; not "L-smooth": L is a constant. */
static int is_text(rate_span t)
{
	size_t n, parts = 0;

	for (n = 0; n < t.n; n++) /* é, but not × */
		if ((unsigned char)t.s[n] == 0xc3 && n + 1 < t.n && (unsigned char)t.s[n + 1] != 0x97)
			return 1;
	if (t.n == 1 && *t.s == 'a') { /* an article, or a number */
		static const char *const joins[] = { "and", "or", "for", "in", "is", "of", "with", NULL };
		rate_span next = next_chunk(t.s + 1);
		int constant = before_hyphen(next) && isalpha((unsigned char)*next.s);
		return !is_one_of(joins, next) && (constant || is_text(next));
	}
	while (t.n && strchr("([\"'", *t.s))
		t = from(t, 1);
	while (t.n && strchr(")].,;:\"'!?", t.s[t.n - 1]))
		t.n--;
	for (; t.n; parts++) {
		rate_span part = { t.s, letters(t) };
		int id = part.n > 1 && before_hyphen(t) == part.n && islower((unsigned char)*t.s);
		if (!part.n || (!parts && !id && !is_word(part)) || (part.n < t.n && !strchr("-'", t.s[part.n])))
			return 0;
		t = from(t, part.n + (part.n < t.n));
	}
	return parts > 0;
}

/* The bytes of a chunk that are mathematics, when `depth` brackets stand open before it. */
static size_t mathematics(rate_span t, int depth)
{
	size_t n = before_hyphen(t);
	rate_span front = t;

	if (n || depth + brackets(t) > 0)
		return n ? n : t.n;
	for (; front.n; front.n--) {
		char last = front.s[front.n - 1];
		if (!strchr(",;:.", last) && !(last == ')' && depth + brackets(front) < 0))
			break;
	}
	return front.n;
}

static void write_run(FILE *out, rate_span *run, const char *end)
{
	if (!run->n)
		return;
	fputs("<math>", out);
	formula(out, *run);
	fputs("</math>", out);
	fputs(run->s + run->n < end ? " " : "", out); /* the blank that was waiting for more of the run */
	run->n = 0;
}

void rate_mathml_prose(FILE *out, const char *s)
{
	rate_span run = { s, 0 };
	int depth = 0;

	while (*s) {
		rate_span chunk = { s, chunk_bytes(s) };
		size_t n = chunk.n && (depth || !is_text(chunk)) ? mathematics(chunk, depth) : 0;
		if (!chunk.n) {
			fputs(*s == '\n' && !depth ? "<br>" : run.n ? "" : " ", out);
			s++;
			continue;
		}
		if (!depth && before_hyphen(chunk)) /* "f L-smooth" is no product */
			write_run(out, &run, s);
		if (n && !run.n)
			run.s = s;
		if (n) {
			run.n = (size_t)(s + n - run.s);
			depth += brackets((rate_span){ s, n });
		}
		if (n < chunk.n) {
			write_run(out, &run, s + n);
			fputs(n ? "\u2060" : "", out); /* no line begins with the comma */
			text(out, from(chunk, n));
			depth = 0;
		}
		s += chunk.n;
	}
	write_run(out, &run, s);
}
