/* Reports of made-up results: the JSON line parses back and never holds NaN, TAP keeps to its grammar, the table is
 * readable, the CSV has its columns. */
#include "reports/report.h"
#include "reports/latex.h"
#include "reports/mathml.h"
#include "reports/text.h"
#include "tests/tap.h"

#include <jansson.h>

typedef struct fake {
	rate_class_info theorem;
	rate_bound_spec objective, method;
	rate_check check;
	rate_measured measured;
	rate_verdict verdict;
	rate_result result;
	uint64_t at[2];
	double q[4], bound[2];
} fake;

/* The registry owns its strings, so its fields are not const; a made-up one borrows literals. */
static char *word(const char *s)
{
	return (char *)(uintptr_t)s;
}

static void fake_check(fake *f)
{
	f->theorem.id = word("gd-convex");
	f->theorem.chapter = word("gradient-descent");
	f->theorem.title = word("Gradient descent on convex smooth functions");
	f->theorem.statement = word("f(x_t) − f* ≤ D²/(2γt)");
	f->theorem.quantity = word("f(x_t) − f*");
	f->theorem.formula = word("D²/(2γt)");
	f->theorem.source = word("a \"quoted\" source\\");
	f->theorem.claim = RATE_EXPECTATION;
	f->objective.canonical = word("quadratic:d=20,kappa=100");
	f->method.canonical = word("gd:gamma=0.1");
	snprintf(f->check.id, sizeof f->check.id, "gd-convex.0123456789ab");
	f->check.theorem = &f->theorem;
	f->check.objective = &f->objective;
	f->check.method = &f->method;
	f->check.parameters = word("gamma=0.10000000000000001");
	f->check.T = 10;
	f->check.seed = 7;
	f->check.alpha = 1e-9;
	f->check.delta = 0.1;
	f->check.factor = 1;
	f->check.expected_ratio = f->check.expected_deep = NAN;
	f->check.at = f->at;
	f->check.bound = f->bound;
	f->check.checkpoints = 2;
}

static void fake_outcome(fake *f)
{
	const double q[4] = { 1, 3, 0.5, 0.7 };

	memcpy(f->q, q, sizeof q);
	f->at[0] = 1;
	f->at[1] = 10;
	f->bound[0] = 4;
	f->bound[1] = INFINITY;
	f->measured.statistic = f->verdict.statistic = RATE_SAMPLED;
	f->measured.checkpoints = f->measured.replicates = 2;
	f->measured.q = f->q;
	f->verdict.code = RATE_HOLDS;
	f->verdict.ok = 1;
	f->verdict.sharpness = 0.5;
	f->verdict.max_ratio = 1.0 / 3;
	f->verdict.deep_ratio = f->verdict.max_error = f->verdict.empirical_order = NAN;
	f->verdict.log_e_value = -INFINITY;
	f->verdict.proven_order = 1;
	f->verdict.replicates = 2;
}

static void fake_init(fake *f)
{
	memset(f, 0, sizeof *f);
	fake_check(f);
	fake_outcome(f);
	f->result = (rate_result){ &f->check, &f->measured, &f->verdict, "ratecheck verify gd-convex --seed 7", 0,
	                           { NAN, NAN, 0 } };
}

/* What a printer wrote, as one string. */
static char *json_of(const rate_result *r)
{
	char *text = NULL;
	size_t n;
	FILE *out = open_memstream(&text, &n);

	is_int(rate_json_result(out, r), RATE_OK, "a line is written");
	fclose(out);
	return text;
}

static char *tap_of(const rate_result *r)
{
	char *text = NULL;
	size_t n;
	FILE *out = open_memstream(&text, &n);

	rate_tap_result(out, 3, r);
	fclose(out);
	return text;
}

static char *table_of(const rate_result *r, int colour)
{
	char *text = NULL;
	size_t n;
	FILE *out = open_memstream(&text, &n);

	rate_table_result(out, r, 0, colour);
	fclose(out);
	return text;
}

static char *curve_of(const rate_result *r)
{
	char *text = NULL;
	size_t n;
	FILE *out = open_memstream(&text, &n);

	is_int(rate_curve_csv(out, r), RATE_OK, "a curve is written");
	fclose(out);
	return text;
}

static void test_json(fake *f)
{
	char *line = json_of(&f->result);
	json_t *j = json_loads(line, 0, NULL);

	ok(j, "the line is JSON");
	ok(strchr(line, '\n') == line + strlen(line) - 1, "one line");
	ok(!strstr(line, "nan") && !strstr(line, ":inf") && !strstr(line, ":-inf"), "neither NaN nor infinity");
	ok(!strncmp(line, "{\"schema\":1,\"version\":", 22), "keys come in a fixed order");
	is_double(json_real_value(json_object_get(j, "max_ratio")), 1.0 / 3, 0, "17 digits come back bit for bit");
	ok(json_is_null(json_object_get(j, "deep_ratio")), "NaN is null");
	ok(json_is_null(json_object_get(j, "log_e_value")), "an infinity is null");
	ok(json_is_null(json_object_get(j, "delta")), "delta belongs to high probability alone");
	is_str(json_string_value(json_object_get(j, "source")), f->theorem.source, "quotes and backslashes come back");
	is_str(json_string_value(json_object_get(json_object_get(j, "instance"), "objective")), f->objective.canonical,
	       "the instance holds the objective");
	is_str(json_string_value(json_object_get(j, "order")), "power", "a power rate");
	json_decref(j);
	free(line);
}

/* Not applicable, without objective or measurements: the least that a result can hold. */
static void test_bare_json(fake *f)
{
	json_t *j;
	char *line;

	f->check.objective = f->check.method = NULL;
	f->check.parameters = NULL;
	f->result.measured = NULL;
	f->theorem.title = word("\xff is no UTF-8");
	line = json_of(&f->result);
	j = json_loads(line, 0, NULL);
	ok(json_is_null(json_object_get(j, "objective")), "no objective is null");
	is_str(json_string_value(json_object_get(j, "title")), "? is no UTF-8", "bytes that are no UTF-8 are replaced");
	json_decref(j);
	free(line);
}

static void test_tap(fake *f)
{
	char *text = tap_of(&f->result);

	ok(!strncmp(text, "ok 3 - gd-convex on quadratic:d=20,kappa=100", 44), "the point names theorem and objective");
	contains(text, "\n# holds: ratio 0.3333", "a line for people");
	contains(text, "\n  ---\n  check: \"gd-convex.0123456789ab\"\n", "a YAML block opens");
	contains(text, "\n  log_e_value: null\n", "null in YAML");
	ok(!strcmp(text + strlen(text) - 6, "  ...\n"), "the YAML block is closed");
	free(text);
}

static void test_tap_skip(fake *f)
{
	char *text;

	f->verdict.code = RATE_NOT_APPLICABLE;
	snprintf(f->verdict.reason, sizeof f->verdict.reason, "needs #1\nconvex");
	text = tap_of(&f->result);
	contains(text, " # SKIP needs \\#1 convex\n", "the reason is one escaped line");
	ok(!strncmp(text, "ok 3", 4), "a skipped point is ok");
	free(text);
}

static void test_tap_fallen(fake *f)
{
	char *text;

	f->verdict.code = RATE_REFUTED;
	f->verdict.ok = 0;
	text = tap_of(&f->result);
	ok(!strncmp(text, "not ok 3 - ", 11), "a refuted claim is not ok");
	free(text);
	f->check.role = RATE_ROLE_CONTROL;
	f->verdict.ok = 1;
	text = tap_of(&f->result);
	ok(!strncmp(text, "ok 3 - ", 7), "a refuted control is ok");
	contains(text, "control refuted, as it must be", "and says so");
	free(text);
}

static void test_table(fake *f)
{
	char *text = table_of(&f->result, 0);

	contains(text, "gamma=0.1 ", "numbers are shortened");
	contains(text, "sampled R=2", "statistic and replicates");
	ok(!strchr(text, '\033'), "no escape without colour");
	free(text);
	text = table_of(&f->result, 1);
	ok(!strncmp(text, "\033[32mholds", 10), "green when it holds");
	free(text);
}

static void test_curve(fake *f)
{
	char *text = curve_of(&f->result);

	contains(text, "\n# t,mean,low,high,bound,exact\n1,2,", "columns and the first mean");
	contains(text, ",4,\n10,", "the bound, and no exact mean");
	ok(!strstr(text, "inf") && !strstr(text, "nan"), "what is not finite is an empty cell");
	free(text);
}

static void test_words(void)
{
	char out[64];

	rate_shorten(out, sizeof out, "‖∇f‖²≤γ", 4);
	is_str(out, "‖∇f…", "characters are cut, not bytes");
	rate_short_numbers(out, sizeof out, "d=20,seed=12345678901,k=0.33333333333333331");
	is_str(out, "d=20,seed=12345678901,k=0.3333", "reals are shortened, integers are not");
	rate_short_numbers(out, sizeof out, "r=2/-1/0.40000000000000002,data=in/20261129.csv");
	is_str(out, "r=2/-1/0.4,data=in/20261129.csv", "those of a list, too, and no name of a file");
}

/* The formulas of theorems as LaTeX: each rule once. */
static void test_latex(void)
{
	static const struct { const char *plain, *latex; } formulas[] = {
		{ "D²/(2γt)", "D^{2}/(2\\gamma t)" },
		{ "f(x_t) − f*", "f(x_{t}) - f_\\star " },
		{ "√(μγ) √S_{t−1} √β₁", "\\sqrt{\\mu \\gamma } \\sqrt{S_{t-1}} \\sqrt{\\beta }_{1}" },
		{ "σ*² (1 − q)^(2t)", "\\sigma_\\star ^{2} (1 - q)^{{2t}}" },
		{ "γσ*²/2 + Δ*", "\\gamma \\sigma_\\star ^{2}/2 + \\Delta_\\star " },
		{ "L_max ‖x̄_t‖, claimed", "L_{\\max} \\| \\bar{x}_{t}\\| , \\text{ claimed }" },
		{ "#{s < t: 100%}", "\\#\\{s < t: 100\\%\\}" },
		{ "a\\input{x}~b\nc", "a\\backslash \\text{ input }\\{x\\}\\sim b c" },
	};
	char *text;
	size_t size, i;
	FILE *out;

	for (i = 0; i < sizeof formulas / sizeof *formulas; i++) {
		out = open_memstream(&text, &size);
		rate_latex_formula(out, formulas[i].plain);
		fclose(out);
		is_str(text, formulas[i].latex, "%s", formulas[i].plain);
		free(text);
	}
	out = open_memstream(&text, &size);
	rate_latex_text(out, "a_b&c: 5 % of {γ}");
	fclose(out);
	is_str(text, "a\\_b\\&c:\\allowbreak{} 5 \\% of \\{$\\gamma $\\}", "text stands for itself");
	free(text);
}

/* As they are read: <i a>, <s a b>: an identifier a, a sub- or superscript. */
static char *short_mathml(const char *s)
{
	static const struct { const char *from, *to; } tags[] = {
		{ "<math>", "[" }, { "</math>", "]" }, { "<msub>", "{sub " }, { "</msub>", "}" },
		{ "<msup>", "{sup " },
		{ "</msup>", "}" }, { "<msubsup>", "{both " }, { "</msubsup>", "}" }, { "<msqrt>", "{root " },
		{ "</msqrt>", "}" }, { "<mover>", "{over " }, { "</mover>", "}" }, { "<mrow>", "(" },
		{ "</mrow>", ")" },
		{ "<mtext>", "'" }, { "</mtext>", "'" }, { "<mspace width=.2em></mspace>", "~" },
	};
	char *text, *written;
	size_t size, i;
	FILE *out = open_memstream(&text, &size);

	rate_mathml_prose(out, s);
	fclose(out);
	written = text;
	out = open_memstream(&text, &size);
	for (s = written; *s;) {
		for (i = 0; i < sizeof tags / sizeof *tags && strncmp(s, tags[i].from, strlen(tags[i].from)); i++)
			;
		if (i < sizeof tags / sizeof *tags) {
			fputs(tags[i].to, out);
			s += strlen(tags[i].from);
		} else if (*s == '<' && strncmp(s, "<br>", 4)) {
			s += strcspn(s, ">") + 1;
		} else {
			putc(*s++, out);
		}
	}
	fclose(out);
	free(written);
	return text;
}

/* The claims of theorems as MathML: each rule once. */
static void test_mathml(void)
{
	static const struct { const char *plain, *set; } claims[] = {
		{ "f convex, L-smooth", "[f] convex, [L]\u2060-smooth" },
		{ "f L_max-smooth", "[f] [{sub L(max)}]\u2060-smooth" },
		{ "0 < γ ≤ 1/L: D²/(2γt)", "[0&lt;γ≤1/L]\u2060: [{sup D(2)}/(2γt)]" },
		{ "‖x_0 − x*‖²_B of A_iQ_i⁻¹",
		  "[‖{sub x(0)}−{sup x(⋆)}{both ‖(B)(2)}] of [{sub A(i)}{both Q(i)(−1)}]" },
		{ "√(μγ)^t √L_max √S_{t−1}", "[{sup {root μγ}(t)}~{root {sub L(max)}}~{root {sub S(t−1)}}]" },
		{ "E f(x̄_T), log T/(32√T)", "[𝔼~f({sub {over x¯}(T)})]\u2060, [log~T/(32{root T})]" },
		{ "a set of a and b, a < 1, RMSprop, ckT",
		  "a set of [a] and [b]\u2060, [a&lt;1]\u2060, RMSprop, [ckT]" },
		{ "Σ_{s<t} −γ (the sum), F'(0)", "[{sub Σ(s&lt;t)}−γ] (the sum), [{sup F(′)}(0)]" },
		{ "max(x, a/scale) twice", "[max(x,a/'scale')] twice" },
		{ "as for lm-gaussian, q^(2t) then 2^(1/3)",
		  "as for lm-gaussian, [{sup q(2t)}] then [{sup 2(1/3)}]" },
		{ "<b> & x_{ ^ √", "[&lt;b&gt;&amp;{sub x({)}^√]" },
		{ "", "" },
	};
	unsigned seed = 1;
	size_t i, k;

	for (i = 0; i < sizeof claims / sizeof *claims; i++) {
		char *text = short_mathml(claims[i].plain);
		is_str(text, claims[i].set, "%s", claims[i].plain);
		free(text);
	}
	for (i = 0; i < 20000; i++) { /* anybody's text ends, and opens nothing that it does not close */
		static const char *const pieces[] = { "_", "^", "{", "}", "(", ")", "√", "x", "ab", "9", "/", "‖",
			                              "²", "₀", " ", "the", "−", "\u0304", "\xce", "\xe2\x88",
			                              "<", "L-smooth", ",", "*" };
		const size_t count = sizeof pieces / sizeof *pieces;
		char plain[64] = "", *text;
		int depth = 0;
		for (k = 0; k < 7; k++)
			seed = seed * 1103515245 + 12345, strcat(plain, pieces[seed / 65536 % count]);
		text = short_mathml(plain);
		for (k = 0; text[k] && depth >= 0; k++)
			depth += text[k] == '[' ? 1 : text[k] == ']' ? -1 : 0;
		free(text);
		if (depth)
			break;
	}
	ok(i == 20000, "random text");
}

int main(void)
{
	static void (*const test[])(fake *) = { test_json, test_bare_json, test_tap, test_tap_skip,
		                                    test_tap_fallen, test_table, test_curve };
	fake f;
	size_t i;

	for (i = 0; i < sizeof test / sizeof *test; i++) {
		fake_init(&f);
		test[i](&f);
	}
	test_words();
	test_latex();
	test_mathml();
	return done_testing();
}
