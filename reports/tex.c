/* A formula becomes a list of pieces, spaced by their kinds as TeX does it: operands stand close, relations and binary
 * operators have room, a minus without a left side has none. Fractions get a slash, and brackets where they need them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/tex.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { NOTHING, OPERAND, RELATION, BINARY, OPEN, CLOSE, COMMA, WORD, BIG, BAR };
enum { DEPTH = 60 }; /* of groups within groups */

/* TeX's name without the backslash, the sign, how it is written in ASCII (NULL: as TeX calls it), its kind. */
static const struct sign { const char *tex, *sign, *ascii; enum kind kind; } signs[] = {
	{ "alpha", "α", NULL, OPERAND }, { "beta", "β", NULL, OPERAND }, { "gamma", "γ", NULL, OPERAND },
	{ "delta", "δ", NULL, OPERAND }, { "varepsilon", "ε", "eps", OPERAND }, { "epsilon", "ε", "eps", OPERAND },
	{ "zeta", "ζ", NULL, OPERAND }, { "eta", "η", NULL, OPERAND }, { "theta", "θ", NULL, OPERAND },
	{ "vartheta", "ϑ", "theta", OPERAND }, { "kappa", "κ", NULL, OPERAND },
	{ "varkappa", "ϰ", "kappa", OPERAND }, { "lambda", "λ", NULL, OPERAND },
	{ "mu", "μ", NULL, OPERAND }, { "nu", "ν", NULL, OPERAND }, { "xi", "ξ", NULL, OPERAND },
	{ "pi", "π", NULL, OPERAND }, { "rho", "ρ", NULL, OPERAND }, { "varrho", "ϱ", "rho", OPERAND },
	{ "sigma", "σ", NULL, OPERAND }, { "tau", "τ", NULL, OPERAND },
	{ "varphi", "φ", "phi", OPERAND }, { "phi", "ϕ", NULL, OPERAND }, { "chi", "χ", NULL, OPERAND },
	{ "psi", "ψ", NULL, OPERAND }, { "omega", "ω", NULL, OPERAND }, { "Gamma", "Γ", NULL, OPERAND },
	{ "Delta", "Δ", NULL, OPERAND }, { "Theta", "Θ", NULL, OPERAND }, { "Lambda", "Λ", NULL, OPERAND },
	{ "Pi", "Π", NULL, OPERAND }, { "Sigma", "Σ", "sum", OPERAND }, { "Phi", "Φ", NULL, OPERAND },
	{ "Psi", "Ψ", NULL, OPERAND }, { "Omega", "Ω", NULL, OPERAND }, { "ell", "ℓ", "l", OPERAND },
	{ "nabla", "∇", "grad", OPERAND }, { "partial", "∂", "d", OPERAND }, { "infty", "∞", "inf", OPERAND },
	{ "star", "*", "*", OPERAND }, { "square", "□", "[]", OPERAND }, { "dots", "…", "...", OPERAND },
	{ "ldots", "…", "...", OPERAND }, { "cdots", "⋯", "...", OPERAND }, { "sum", "Σ", NULL, BIG },
	{ "prod", "Π", NULL, BIG }, { "int", "∫", "integral", BIG }, { "iint", "∬", "integral", BIG },
	{ "max", "max", NULL, BIG },
	{ "min", "min", NULL, BIG }, { "inf", "inf", NULL, BIG },
	{ "sup", "sup", NULL, BIG }, { "lim", "lim", NULL, BIG }, { "det", "det", NULL, WORD },
	{ "arg", "arg", NULL, WORD }, { "log", "log", NULL, WORD }, { "ln", "ln", NULL, WORD },
	{ "exp", "exp", NULL, WORD }, { "sin", "sin", NULL, WORD },
	{ "cos", "cos", NULL, WORD }, { "tan", "tan", NULL, WORD }, { "cot", "cot", NULL, WORD },
	{ "arctan", "arctan", NULL, WORD }, { "arcsin", "arcsin", NULL, WORD },
	{ "sinh", "sinh", NULL, WORD }, { "cosh", "cosh", NULL, WORD },
	{ "tanh", "tanh", NULL, WORD }, { "coth", "coth", NULL, WORD },
	{ "le", "≤", "<=", RELATION }, { "ge", "≥", ">=", RELATION }, { "ne", "≠", "!=", RELATION },
	{ "ll", "≪", "<<", RELATION }, { "gg", "≫", ">>", RELATION }, { "approx", "≈", "~", RELATION },
	{ "equiv", "≡", "==", RELATION }, { "propto", "∝", "~", RELATION }, { "preceq", "⪯", "<=", RELATION },
	{ "succeq", "⪰", ">=", RELATION }, { "in", "∈", "in", RELATION }, { "ni", "∋", "contains", RELATION },
	{ "subset", "⊂", "in", RELATION }, { "to", "→", "->", RELATION }, { "mapsto", "↦", "->", RELATION },
	{ "leftarrow", "←", "<-", RELATION }, { "Rightarrow", "⇒", "=>", RELATION }, { "iff", "⇔", "<=>", RELATION },
	{ "Longleftrightarrow", "⇔", "<=>", RELATION }, { "mid", "∣", "|", RELATION }, { "cdot", "·", ".", BINARY },
	{ "times", "×", "x", BINARY }, { "pm", "±", "+-", BINARY },
	{ "mp", "∓", "-+", BINARY }, { "circ", "∘", "o", BINARY }, { "langle", "⟨", "<", OPEN },
	{ "rangle", "⟩", ">", CLOSE }, { "lceil", "⌈", "ceil(", OPEN }, { "rceil", "⌉", ")", CLOSE },
	{ "lfloor", "⌊", "floor(", OPEN }, { "rfloor", "⌋", ")", CLOSE }, { "lvert", "|", "|", OPEN },
	{ "rvert", "|", "|", CLOSE }, { "lVert", "‖", "||", OPEN },
	{ "rVert", "‖", "||", CLOSE }, { "{", "{", NULL, OPEN }, { "}", "}", NULL, CLOSE }, { "|", "‖", "||", BAR },
	{ "%", "%", NULL, OPERAND }, { "_", "_", NULL, OPERAND }, { "#", "#", NULL, OPERAND },
	{ "&", "&", NULL, OPERAND }, { "quad", "   ", NULL, NOTHING }, { "qquad", "     ", NULL, NOTHING },
	{ " ", " ", NULL, NOTHING }, { "left", "", NULL, NOTHING }, { "right", "", NULL, NOTHING },
	{ "bigl", "", NULL, NOTHING }, { "bigr", "", NULL, NOTHING }, { "biggl", "", NULL, NOTHING },
	{ "biggr", "", NULL, NOTHING }, { "Biggl", "", NULL, NOTHING }, { "Biggr", "", NULL, NOTHING },
	{ "Bigl", "", NULL, NOTHING }, { "Bigr", "", NULL, NOTHING }, { "big", "", NULL, NOTHING },
	{ "Big", "", NULL, NOTHING }, { ",", "", NULL, NOTHING }, { ";", "", NULL, NOTHING },
	{ ":", "", NULL, NOTHING }, { "!", "", NULL, NOTHING },
	{ "sim", "∼", "~", RELATION }, { "simeq", "≃", "~", RELATION }, { "neq", "≠", "!=", RELATION },
	{ "leq", "≤", "<=", RELATION }, { "geq", "≥", ">=", RELATION }, { "notin", "∉", "not in", RELATION },
	{ "subseteq", "⊆", "in", RELATION }, { "supset", "⊃", "contains", RELATION }, { "prec", "≺", "<", RELATION },
	{ "succ", "≻", ">", RELATION }, { "perp", "⊥", "perp", RELATION }, { "rightarrow", "→", "->", RELATION },
	{ "lesssim", "≲", "<~", RELATION }, { "gtrsim", "≳", ">~", RELATION }, { "implies", "⇒", "=>", RELATION },
	{ "cup", "∪", "or", BINARY }, { "cap", "∩", "and", BINARY },
	{ "setminus", "∖", "-", BINARY }, { "otimes", "⊗", "(x)", BINARY }, { "odot", "⊙", "(.)", BINARY },
	{ "oplus", "⊕", "(+)", BINARY }, { "wedge", "∧", "and", BINARY }, { "vee", "∨", "or", BINARY },
	{ "ast", "∗", "*", BINARY }, { "top", "⊤", "T", OPERAND }, { "dagger", "†", "+", OPERAND },
	{ "emptyset", "∅", "{}", OPERAND }, { "varnothing", "∅", "{}", OPERAND },
	{ "forall", "∀", "for all ", OPERAND }, { "exists", "∃", "there is ", OPERAND }, { "iota", "ι", NULL, OPERAND },
	{ "Xi", "Ξ", NULL, OPERAND }, { "hbar", "ℏ", "h", OPERAND }, { "prime", "′", "'", OPERAND },
	{ "vdots", "⋮", "...", OPERAND }, { "ddots", "⋱", "...", OPERAND }, { "cosec", "csc", NULL, WORD },
	{ "deg", "deg", NULL, WORD }, { "dim", "dim", NULL, WORD }, { "ker", "ker", NULL, WORD },
	{ "Pr", "Pr", NULL, WORD }, { "gcd", "gcd", NULL, WORD }, { "limsup", "lim sup", NULL, BIG },
	{ "liminf", "lim inf", NULL, BIG },
	{ "oint", "∮", "integral", BIG }, 
	{ "displaystyle", "", NULL, NOTHING }, { "textstyle", "", NULL, NOTHING },
};

/* Signs that no command of ours makes but that texts hold. */
static const struct { const char *sign, *ascii; } plain[] = {
	{ "−", "-" }, { "–", "-" }, { "—", "-" }, { "’", "'" }, { "‘", "'" }, { "“", "\"" }, { "”", "\"" },
	{ "½", "1/2" }, { "⅓", "1/3" }, { "⅔", "2/3" }, { "¼", "1/4" }, { "¾", "3/4" }, { "⅕", "1/5" }, { "⅙", "1/6" },
	{ "⅛", "1/8" }, { "√", "sqrt" }, { "★", "*" }, { "⋆", "*" }, { "ℝ", "R" }, { "ℕ", "N" }, { "ℤ", "Z" },
	{ "′", "'" }, { "∑", "sum" }, { "∏", "prod" }, { "é", "e" }, { "è", "e" }, { "ö", "o" }, { "ü", "u" },
	{ "ä", "a" }, { "ó", "o" }, { "á", "a" }, { "š", "s" }, { "ć", "c" }, { "č", "c" }, { "ň", "n" }, { "í", "i" },
	{ "ç", "c" }, { "ø", "o" }, { "ł", "l" }, { "ß", "ss" },
	{ "\u0304", "_bar" }, { "\u0302", "_hat" }, { "\u0303", "_tilde" }, { "\u0307", "_dot" },
	{ "\u0308", "_ddot" },
	{ "‹", "<" }, { "›", ">" },
	{ "\u00a0", " " }, { "Ł", "L" }, { "…", "..." }, { "≼", "<=" }, { "≽", ">=" }, { "⩽", "<=" }, { "⩾", ">=" },
	{ "Ö", "O" }, { "Ü", "U" }, { "Ä", "A" }, { "É", "E" }, { "ñ", "n" }, { "ã", "a" },
	{ "ş", "s" }, { "ğ", "g" }, { "ı", "i" }, { "ž", "z" }, { "Ž", "Z" }, { "Š", "S" }, { "ń", "n" },
	{ "ę", "e" }, { "ô", "o" }, { "ê", "e" }, { "à", "a" }, { "å", "a" },
};

static const struct { char c; const char *above, *below; } scripts[] = {
	{ '0', "⁰", "₀" }, { '1', "¹", "₁" }, { '2', "²", "₂" }, { '3', "³", "₃" }, { '4', "⁴", "₄" },
	{ '5', "⁵", "₅" }, { '6', "⁶", "₆" }, { '7', "⁷", "₇" }, { '8', "⁸", "₈" }, { '9', "⁹", "₉" },
	{ '+', "⁺", "₊" }, { '-', "⁻", "₋" }, { '=', "⁼", "₌" }, { '(', "⁽", "₍" }, { ')', "⁾", "₎" },
	{ 'a', "ᵃ", "ₐ" }, { 'b', "ᵇ", NULL }, { 'c', "ᶜ", NULL },
	{ 'd', "ᵈ", NULL }, { 'e', "ᵉ", "ₑ" }, { 'h', "ʰ", "ₕ" }, { 'i', "ⁱ", "ᵢ" }, { 'j', "ʲ", "ⱼ" },
	{ 'k', "ᵏ", "ₖ" }, { 'l', "ˡ", "ₗ" }, { 'm', "ᵐ", "ₘ" }, { 'n', "ⁿ", "ₙ" }, { 'o', "ᵒ", "ₒ" },
	{ 'p', "ᵖ", "ₚ" }, { 'r', "ʳ", "ᵣ" }, { 's', "ˢ", "ₛ" }, { 't', "ᵗ", "ₜ" }, { 'u', "ᵘ", "ᵤ" },
	{ 'v', "ᵛ", "ᵥ" }, { 'x', "ˣ", "ₓ" }, { 'T', "ᵀ", NULL },
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

typedef struct out { char *text; size_t used, room; int failed; } out;

static void put(out *o, const char *text)
{
	size_t n = strlen(text);

	if (o->used + n + 1 > o->room) {
		size_t room = 2 * (o->used + n) + 64;
		char *grown = realloc(o->text, room);
		if (!grown) {
			o->failed = 1;
			return;
		}
		o->text = grown;
		o->room = room;
	}
	memcpy(o->text + o->used, text, n + 1);
	o->used += n;
}

static size_t length_at(const char *s)
{
	size_t n = 1;

	while (((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* ---- Indices, powers, fractions: text made of finished text ---- */

static int all_scripts(const char *s, int above, out *o)
{
	for (; *s; s += length_at(s)) {
		char c = *s;
		size_t i = 0;
		if (!strncmp(s, "−", 3))
			c = '-';
		while (i < COUNT(scripts) && (scripts[i].c != c || !(above ? scripts[i].above : scripts[i].below)))
			i++;
		if (i == COUNT(scripts))
			return 0;
		put(o, above ? scripts[i].above : scripts[i].below);
	}
	return 1;
}

static int one_word(const char *s)
{
	size_t n = length_at(s);

	if (!s[n])
		return 1;
	for (; *s; s++)
		if (!isalnum((unsigned char)*s))
			return 0;
	return 1;
}

static void put_script(out *o, const char *s, int above)
{
	out small = { 0 };

	if (!*s)
		return;
	if (!strcmp(s, "*") || !strcmp(s, "′")) { /* x* for the minimiser, above or below */
		put(o, s);
	} else if (all_scripts(s, above, &small) && small.text) {
		put(o, small.text);
	} else {
		put(o, above ? "^" : "_");
		put(o, one_word(s) ? s : "(");
		if (!one_word(s)) {
			put(o, s);
			put(o, ")");
		}
	}
	o->failed |= small.failed;
	free(small.text);
}

static int is_letter(const char *s)
{
	return isalpha((unsigned char)*s) || (unsigned char)*s == 0xce || (unsigned char)*s == 0xcf ||
	    !strncmp(s, "ℓ", 3);
}

/* Sums need brackets beside a slash; below it products do too: more than one factor, indices and powers not counted. */
static int needs_brackets(const char *s, int below)
{
	int deep = 0, bars = 0, factors = 0;
	char last = 0;

	for (const char *p = s; *p; last = *p, p += length_at(p)) {
		int opens = *p == '(' || *p == '[' || !strncmp(p, "⟨", 3), closes = *p == ')' || *p == ']' ||
		    !strncmp(p, "⟩", 3);
		if (*p == '|' || !strncmp(p, "‖", 3)) {
			opens = !bars;
			closes = bars;
			bars = !bars;
		}
		int held = last == '^' || last == '_' || (p - s >= 3 && !strncmp(p - 3, "√", 3));
		if (!deep && p > s && (*p == ' ' || *p == '+' || (below && *p == '/') || !strncmp(p, "−", 3)))
			return 1;
		if (!deep && !held &&
		    (opens || is_letter(p) || (isdigit((unsigned char)*p) && !isdigit((unsigned char)last))))
			factors++;
		if (!deep && held && p - s >= 3 && !strncmp(p - 3, "√", 3))
			factors++;
		deep += opens - closes;
	}
	return below && factors > 1;
}

static void put_bracketed(out *o, const char *s, int brackets)
{
	put(o, brackets ? "(" : "");
	put(o, s);
	put(o, brackets ? ")" : "");
}

/* 1 if it is one sign such as one half, which binds closely. */
static int put_fraction(out *o, const char *above, const char *below)
{
	static const struct { const char *above, *below, *sign; } vulgar[] = {
		{ "1", "2", "½" }, { "1", "3", "⅓" }, { "2", "3", "⅔" }, { "1", "4", "¼" },
		{ "3", "4", "¾" }, { "1", "5", "⅕" }, { "1", "6", "⅙" }, { "1", "8", "⅛" },
	};

	for (size_t i = 0; i < COUNT(vulgar); i++)
		if (!strcmp(vulgar[i].above, above) && !strcmp(vulgar[i].below, below)) {
			put(o, vulgar[i].sign);
			return 1;
		}
	put_bracketed(o, above, needs_brackets(above, 0));
	put(o, "/");
	put_bracketed(o, below, needs_brackets(below, 1));
	return 0;
}

/* ---- The formula ---- */

typedef struct reader { const char *at, *end; int depth; } reader;

static char *sequence(reader *r, int tight, const char *stop);

static void skip_blanks(reader *r)
{
	while (r->at < r->end && isspace((unsigned char)*r->at))
		r->at++;
}

static char *copy_of(const char *s, size_t n)
{
	char *c = malloc(n + 1);

	if (c) {
		memcpy(c, s, n);
		c[n] = 0;
	}
	return c;
}

/* What stands between the braces that open here: a part of the source. */
static reader group(reader *r)
{
	reader in = { r->at, r->at, r->depth + 1 };
	int deep = 0;

	skip_blanks(r);
	if (r->at < r->end && *r->at == '{') {
		in.at = r->at + 1;
		for (; r->at < r->end; r->at++) {
			if (*r->at == '\\' && r->at + 1 < r->end)
				r->at++;
			else if ((deep += (*r->at == '{') - (*r->at == '}')) == 0)
				break;
		}
		in.end = r->at;
		if (r->at < r->end)
			r->at++;
	} else if (r->at < r->end) { /* one sign, or one command */
		in.at = r->at;
		r->at += *r->at == '\\' && r->at + 1 < r->end ? 2 : (ptrdiff_t)length_at(r->at);
		if (*in.at == '\\' && isalpha((unsigned char)in.at[1]))
			while (r->at < r->end && isalpha((unsigned char)*r->at))
				r->at++;
		in.end = r->at;
	}
	return in;
}

static char *argument(reader *r, int tight)
{
	reader in = group(r);

	return in.depth > DEPTH ? NULL : sequence(&in, tight, NULL);
}

static char *words(reader *r)
{
	reader in = group(r);

	return copy_of(in.at, (size_t)(in.end - in.at));
}

static const struct sign *sign_named(const char *name)
{
	for (size_t i = 0; i < COUNT(signs); i++)
		if (!strcmp(signs[i].tex, name))
			return &signs[i];
	return NULL;
}

/* Does an operand follow, so that "L/2" in front of it must be held together? */
static int operand_follows(reader r)
{
	char name[32] = "";
	size_t n = 0;

	for (;; r.at++) {
		skip_blanks(&r);
		if (r.at + 1 < r.end && *r.at == '\\' && strchr(",;!", r.at[1]))
			r.at++;
		else
			break;
	}
	if (r.at >= r.end)
		return 0;
	if (*r.at != '\\')
		return isalnum((unsigned char)*r.at) || *r.at == '(' || *r.at == '[' || *r.at == '|';
	if (r.at + 1 < r.end && r.at[1] == '|')
		return 1;
	for (r.at++; r.at < r.end && isalpha((unsigned char)*r.at) && n + 1 < sizeof name; r.at++)
		name[n++] = *r.at;
	name[n] = 0;
	const struct sign *s = sign_named(name);
	if (s)
		return s->kind == OPERAND || s->kind == OPEN || s->kind == WORD || s->kind == BIG ||
		       strstr(name, "igl") || strstr(name, "iggl");
	return strstr(name, "frac") || !strcmp(name, "sqrt") || !strcmp(name, "bar") || !strcmp(name, "hat") ||
	       strstr(name, "dot") || !strcmp(name, "overline") || !strcmp(name, "mathbb") ||
	       !strcmp(name, "mathcal") || !strcmp(name, "mathbf");
}

/* Rows of an environment, with the brackets that it stands for. */
static void environment(reader *r, out *o)
{
	char *name = words(r), *cell;
	int cases = name && !strcmp(name, "cases"), matrix = name && !strcmp(name, "pmatrix");

	put(o, cases ? "{ " : matrix ? "[" : "");
	while (r->at < r->end) {
		cell = sequence(r, 0, "&\\");
		put(o, cell ? cell : "");
		free(cell);
		if (r->at >= r->end)
			break;
		if (*r->at == '&') {
			r->at++;
			put(o, matrix ? ", " : cases ? "  " : o->used && o->text[o->used - 1] != '\n' ? " " : "");
			continue;
		}
		if (!strncmp(r->at, "\\end", 4)) {
			r->at += 4;
			free(words(r));
			break;
		}
		r->at += 2; /* \\ and perhaps [4pt] */
		if (r->at < r->end && *r->at == '[')
			while (r->at < r->end && *r->at++ != ']')
				;
		put(o, matrix ? "; " : cases ? "\n  " : "\n");
	}
	put(o, matrix ? "]" : "");
	free(name);
}

/* Commands with arguments. Returns the kind of what was put, or -1 if the name is none of them. */
static int structure(reader *r, const char *name, int tight, out *o)
{
	char *a = NULL, *b = NULL;
	int kind = OPERAND;

	if (!strcmp(name, "frac") || !strcmp(name, "tfrac") || !strcmp(name, "dfrac")) {
		out inner = { 0 };
		a = argument(r, tight);
		b = argument(r, tight);
		int closed = put_fraction(&inner, a ? a : "", b ? b : "");
		put_bracketed(o, inner.text ? inner.text : "", !closed && operand_follows(*r));
		o->failed |= inner.failed;
		free(inner.text);
	} else if (!strcmp(name, "sqrt")) {
		a = argument(r, tight);
		put(o, "√");
		put_bracketed(o, a ? a : "", a && (needs_brackets(a, 1) || needs_brackets(a, 0)));
	} else if (!strcmp(name, "binom")) {
		a = argument(r, tight);
		b = argument(r, tight);
		put(o, "(");
		put(o, a ? a : "");
		put(o, " over ");
		put(o, b ? b : "");
		put(o, ")");
	} else if (!strcmp(name, "bar") || !strcmp(name, "hat") || !strcmp(name, "tilde") || !strcmp(name, "dot") ||
	           !strcmp(name, "ddot")) {
		a = argument(r, tight);
		put(o, a ? a : "");
		put(o, *name == 'b' ? "\u0304" : *name == 'h' ? "\u0302" : *name == 't' ? "\u0303"
		    : name[1] == 'd' ? "\u0308" : "\u0307");
	} else if (!strcmp(name, "overline")) { /* one bar above all of it */
		a = argument(r, 1);
		put(o, "(");
		put(o, a ? a : "");
		put(o, ")\u0304");
	} else if (!strcmp(name, "mathbb") || !strcmp(name, "mathcal") || !strcmp(name, "mathbf")) {
		a = words(r);
		put(o, a && !strcmp(a, "R") ? "ℝ" : a && !strcmp(a, "N") ? "ℕ" : a && !strcmp(a, "Z") ? "ℤ"
		    : a ? a : "");
		kind = a && (*a == 'E' || *a == 'P') ? WORD : OPERAND;
	} else if (!strcmp(name, "operatorname") || !strcmp(name, "mathrm")) {
		a = words(r);
		put(o, a ? a : "");
		kind = WORD;
	} else if (!strcmp(name, "text") || !strcmp(name, "mathtt")) {
		a = words(r);
		put(o, a ? a : "");
		kind = name[0] == 't' ? NOTHING : OPERAND;
	} else if (!strcmp(name, "tag") || !strcmp(name, "pmod")) {
		a = argument(r, tight);
		put(o, *name == 't' ? "     (" : " (mod ");
		put(o, a ? a : "");
		put(o, ")");
	} else if (!strcmp(name, "begin")) {
		environment(r, o);
	} else {
		kind = -1;
	}
	o->failed |= kind >= 0 && *name != 'b' && *name != 'e' && !a;
	free(a);
	free(b);
	return kind;
}

/* The piece at the reader, without its scripts. */
static enum kind piece(reader *r, int tight, out *o)
{
	char c = *r->at, name[32] = "", one[8] = "";
	size_t n = 0;

	if (c == '{') {
		char *inner = argument(r, tight);
		o->failed |= !inner;
		put(o, inner ? inner : "");
		free(inner);
		return OPERAND;
	}
	if (c != '\\') {
		n = length_at(r->at);
		if (n > sizeof one - 1 || n > (size_t)(r->end - r->at))
			n = 1;
		memcpy(one, r->at, n);
		r->at += n;
		put(o, c == '-' ? "−" : c == '~' ? " " : c == '\'' ? "′" : one);
		return c == '+' || c == '-' ? BINARY : c == '=' || c == '<' || c == '>' ? RELATION
		    : c == '(' || c == '[' ? OPEN :
		       c == ')' || c == ']' ? CLOSE : c == ',' ? COMMA : c == '|' ? BAR : c == '~' ? NOTHING : OPERAND;
	}
	r->at++;
	if (r->at < r->end && !isalpha((unsigned char)*r->at))
		name[n++] = *r->at++;
	else
		while (r->at < r->end && isalpha((unsigned char)*r->at) && n + 1 < sizeof name)
			name[n++] = *r->at++;
	name[n] = 0;
	const struct sign *s = sign_named(name);
	if (s) {
		put(o, s->sign);
		if (!strcmp(name, "left") || !strcmp(name, "right"))
			r->at += r->at < r->end && *r->at == '.';
		return s->kind;
	}
	int kind = structure(r, name, tight, o);
	if (kind >= 0)
		return (enum kind)kind;
	put(o, "\\");
	put(o, name);
	return OPERAND;
}

/* Rows stand below each other, wherever the first one starts. */
static void put_rows(out *o, const char *text)
{
	size_t column = 0;

	for (const char *s = o->text; s && *s; s++)
		column = *s == '\n' ? 0 : column + (((unsigned char)*s & 0xc0) != 0x80);
	for (; *text; text++) {
		char one[2] = { *text, 0 };
		put(o, one);
		for (size_t i = 0; *text == '\n' && i < column; i++)
			put(o, " ");
	}
}

static int room_between(enum kind before, enum kind now, const char *text, const char *sofar, int tight)
{
	size_t n = strlen(sofar);

	if (!n || sofar[n - 1] == ' ' || sofar[n - 1] == '\n' || *text == ' ')
		return 0;
	if (before == WORD || before == BIG)
		return now == OPERAND || now == WORD || now == BIG || now == BAR ||
		    (now == OPEN && (before == BIG || *text != '('));
	if (now == WORD || now == BIG)
		return before == OPERAND || before == CLOSE || before == COMMA;
	return before == COMMA && !tight;
}

/* All up to the end of the source, or to one of the marks in `stop` (a backslash stands for \\ and \end). */
static char *sequence(reader *r, int tight, const char *stop)
{
	out o = { 0 };
	enum kind before = NOTHING;
	int bars = 0; /* open ones: a second bar closes */

	put(&o, "");
	for (;;) {
		skip_blanks(r);
		if (r->at >= r->end)
			break;
		if (stop && (*r->at == '&' || (r->end - r->at > 1 && *r->at == '\\' && r->at[1] == '\\') ||
		             (r->end - r->at > 3 && !strncmp(r->at, "\\end", 4))))
			break;
		out p = { 0 };
		enum kind kind = OPERAND;
		if (*r->at != '^' && *r->at != '_') {
			put(&p, "");
			kind = piece(r, tight, &p);
		} else {
			put(&p, "");
		}
		for (;;) { /* scripts, the lower first, as they are read aloud */
			skip_blanks(r);
			if (r->at >= r->end || (*r->at != '^' && *r->at != '_'))
				break;
			int above = *r->at++ == '^';
			char *s = argument(r, 1);
			skip_blanks(r);
			if (above && r->at < r->end && *r->at == '_') {
				r->at++;
				char *lower = argument(r, 1);
				put_script(&p, lower ? lower : "", 0);
				free(lower);
			}
			put_script(&p, s ? s : "", above);
			o.failed |= !s;
			free(s);
		}
		const char *text = p.text ? p.text : "";
		o.failed |= p.failed;
		if (kind == BAR) {
			kind = bars ? CLOSE : OPEN;
			bars = !bars;
			if (kind == OPEN && (before == WORD || before == BIG))
				kind = BAR;
		}
		int unary = kind == BINARY &&
		    (before == NOTHING || before == OPEN || before == RELATION || before == BINARY ||
		                               before == COMMA || before == BAR);
		if ((kind == RELATION || (kind == BINARY && !unary)) && !tight) {
			put(&o, o.used && o.text[o.used - 1] != ' ' && o.text[o.used - 1] != '\n' ? " " : "");
			put(&o, text);
			put(&o, " ");
		} else if (*text) {
			put(&o, room_between(before, kind, text, o.text ? o.text : "", tight) ? " " : "");
			put_rows(&o, text);
		}
		if (*text)
			before = unary ? OPEN : kind == BAR ? OPEN : kind;
		free(p.text);
	}
	while (o.used && o.text[o.used - 1] == ' ' && !stop)
		o.text[--o.used] = 0;
	if (o.failed) {
		free(o.text);
		return NULL;
	}
	return o.text;
}

char *rate_tex(const char *tex, size_t n)
{
	reader r = { tex, tex + n, 0 };

	return sequence(&r, 0, NULL);
}

/* ---- ASCII ---- */

/* The character that stands above or below the line here; 0: none. */
static char script_at(const char *s, size_t n, char *mark)
{
	for (size_t i = 0; i < COUNT(scripts); i++)
		for (int above = 0; above < 2; above++) {
			const char *t = above ? scripts[i].above : scripts[i].below;
			if (t && strlen(t) == n && !strncmp(t, s, n)) {
				*mark = above ? '^' : '_';
				return scripts[i].c;
			}
		}
	return 0;
}

/* Does a run of scripts hold letters and digits alone, as in x_10? */
static int word_of_scripts(const char *s, char mark)
{
	char m = mark, c = 'a';

	for (size_t n; *s; s += n) {
		n = length_at(s);
		c = script_at(s, n, &m);
		if (!c || m != mark)
			return 1;
		if (!isalnum((unsigned char)c))
			return 0;
	}
	return 1;
}

static const char *ascii_of(const char *s, size_t n)
{
	for (size_t i = 0; i < COUNT(plain); i++)
		if (strlen(plain[i].sign) == n && !strncmp(plain[i].sign, s, n))
			return plain[i].ascii;
	for (size_t i = 0; i < COUNT(signs); i++)
		if (strlen(signs[i].sign) == n && !strncmp(signs[i].sign, s, n))
			return signs[i].ascii ? signs[i].ascii : signs[i].tex;
	return "?";
}

char *rate_ascii(const char *text)
{
	out o = { 0 };
	char mark = 0, before = 0; /* of a run of scripts */
	int named = 0, open = 0;   /* a name was put last: letters keep away from it; a run in brackets */

	put(&o, "");
	for (size_t n; *text; text += n, before = mark) {
		char last = o.used ? o.text[o.used - 1] : 0, one[2] = { *text, 0 };
		n = length_at(text);
		mark = 0;
		if (n > 1 && (*one = script_at(text, n, &mark))) {
			size_t after = strlen(text) > n ? length_at(text + n) : 0;
			char next = 0, c = after > 1 ? script_at(text + n, after, &next) : 0;
			int more = c && next == mark;
			if (mark != before) {
				put(&o, mark == '^' ? "^" : "_");
				open = more && !word_of_scripts(text, mark);
				put(&o, open ? "(" : "");
			}
			put(&o, one);
			put(&o, open && !more ? ")" : "");
			named = 0;
			continue;
		}
		const char *a = n == 1 ? one : ascii_of(text, n);
		int name = n > 1 && isalpha((unsigned char)*a);
		put(&o, (name && isalnum((unsigned char)last)) || (named && isalnum((unsigned char)*a)) ? " " : "");
		put(&o, n == 1 ? one : a);
		named = name;
	}
	if (o.failed) {
		free(o.text);
		return NULL;
	}
	return o.text;
}

size_t rate_tex_sign(const char *s, char tex[16], int *script)
{
	static const struct { const char *sign, *tex; } more[] = {
		{ "−", "-" }, { "–", "-" }, { "½", "\\tfrac12 " }, { "★", "\\star " },
		{ "ℝ", "\\mathbb R" }, { "′", "'" },
	};
	size_t n = length_at(s), i;

	*script = 0;
	for (i = 0; i < COUNT(more); i++)
		if (strlen(more[i].sign) == n && !strncmp(more[i].sign, s, n))
			return (size_t)snprintf(tex, 16, "%s", more[i].tex) < 16 ? n : 0;
	for (i = 0; i < COUNT(scripts) && !*script; i++) {
		if (scripts[i].above && strlen(scripts[i].above) == n && !strncmp(scripts[i].above, s, n))
			*script = 1;
		else if (scripts[i].below && strlen(scripts[i].below) == n && !strncmp(scripts[i].below, s, n))
			*script = -1;
		snprintf(tex, 16, "%c", scripts[i].c);
	}
	if (*script)
		return n;
	/* The last name counts: a Σ of a formula is a sum. */
	for (i = COUNT(signs); i-- > 0;)
		if (strlen(signs[i].sign) == n && !strncmp(signs[i].sign, s, n) && (n > 1 || signs[i].kind == CLOSE))
			return (size_t)snprintf(tex, 16, "\\%s ", signs[i].tex) < 16 ? n : 0;
	return 0;
}
