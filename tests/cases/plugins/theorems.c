/* Broken on purpose, for tests. */
#include "common.h"
#ifndef EVIL
#define EVIL "t-evil"
#endif
enum { GAMMA };
static void choose(const rate_case *c, double fraction, double *param) { param[GAMMA] = fraction / c->L; }
static void choose4(const rate_case *c, double fraction, double *param) { param[GAMMA] = fraction / (4*c->L_max); }
static void choosenan(const rate_case *c, double fraction, double *param) { (void)c; (void)fraction; param[GAMMA] = NAN; }
static const char *adm(const rate_case *c) { return c->param[GAMMA] * c->L <= 1 + 1e-12 ? NULL : "0 < gamma <= 1/L"; }
static const char *adm4(const rate_case *c) { return c->param[GAMMA] * c->L_max * 4 <= 1 + 1e-12 ? NULL : "0 < gamma <= 1/(4 L_max)"; }
static const char *never(const rate_case *c) { (void)c; return "nothing is admissible"; }
static const char *notapp(const rate_case *c) { (void)c; return "never applies"; }
#define B(name, e) static double name(const rate_case *c, double t) { double gamma = c->param[GAMMA], L = c->L, D2 = c->D2; (void)gamma; (void)L; (void)D2; (void)t; return e; }
B(b_t2, D2/(2*gamma*(t+2)))
B(b_tight_t2, L*D2/(4*gamma*L*(t+2)+2))
B(b_tight, L*D2/(4*gamma*L*t+2))
B(b_tight99, 0.99*L*D2/(4*gamma*L*t+2))
B(b_tight999, 0.999*L*D2/(4*gamma*L*t+2))
B(b_thalf, D2/(2*gamma*(t-0.5)))
B(b_nosigma, D2/(gamma*t))
B(b_sigma, D2/(gamma*t) + 2*gamma*c->sigma_star2)
B(b_nan, NAN)
B(b_nanlate, t > 100 ? NAN : D2/(2*gamma*t))
B(b_neg, -1)
B(b_negx, -D2/(2*gamma*t))
B(b_inf, INFINITY)
B(b_zero, 0)
B(b_crash, *(volatile double *)0)
B(b_loop, ({ for (;;) ; 0.0; }))
static double b_impure(const rate_case *c, double t) { static double k; k += 1; return c->D2/(2*c->param[0]*t)*k; }
B(b_sqrt, D2/(2*gamma*sqrt(t)))
B(b_t32, D2*L*50/(pow(t,1.5)))
static int m_crash(rate_view *v, double *q, double *s, double *b) { (void)b; (void)q; (void)s; if (v->t > 5) *(volatile int*)0 = 1; return rate_gap_of(v, v->state[0], q, s); }
static int m_nan(rate_view *v, double *q, double *s, double *b) { (void)b; if (rate_gap_of(v, v->state[0], q, s)) return RATE_FAIL; if (v->t > 5) q[0] = NAN; return RATE_OK; }
static int m_fail(rate_view *v, double *q, double *s, double *b) { (void)b; if (v->t > 5) return v->run->call->fail(v->run, "cannot measure at %d", 6); return rate_gap_of(v, v->state[0], q, s); }
static int m_none(rate_view *v, double *q, double *s, double *b) { (void)b; (void)v; (void)q; (void)s; return RATE_OK; }
static int m_modx(rate_view *v, double *q, double *s, double *b) { (void)b; if (rate_gap_of(v, v->state[0], q, s)) return RATE_FAIL; memset((double*)v->state[0], 0, 8*v->run->nrep*v->run->ld); return RATE_OK; }
static int m_hugescale(rate_view *v, double *q, double *s, double *b) { (void)b; if (rate_gap_of(v, v->state[0], q, s)) return RATE_FAIL; for (size_t r = 0; r < v->run->nrep; r++) s[r] = 1e30; return RATE_OK; }
static int sharp(uint32_t k, rate_instance *out) { if (k > 0) return RATE_FAIL; snprintf(out->objective, out->text_size, "huber:L=1,tau=%.17g,start=1", 1.0/201); snprintf(out->parameters, out->text_size, "gamma=1"); out->steps = 100; out->ratio = 1; return RATE_OK; }
static int sharpno(uint32_t k, rate_instance *out) { if (k > 0) return RATE_FAIL; snprintf(out->objective, out->text_size, "nosuchthing:L=1"); snprintf(out->parameters, out->text_size, "gamma=1"); out->steps = 100; out->ratio = 1; return RATE_OK; }
static int sharpbadpar(uint32_t k, rate_instance *out) { if (k > 0) return RATE_FAIL; snprintf(out->objective, out->text_size, "huber:L=1,zzz=3"); snprintf(out->parameters, out->text_size, "delta=1"); out->steps = 100; return RATE_OK; }
static int sharpover(uint32_t k, rate_instance *out) { if (k > 0) return RATE_FAIL; snprintf(out->objective, out->text_size, "huber:L=1"); snprintf(out->parameters, out->text_size, "gamma=3"); out->steps = 100; return RATE_OK; }
static int sharpinf(uint32_t k, rate_instance *out) { (void)k; return sharp(0, out); }
static int sharpcrash(uint32_t k, rate_instance *out) { (void)k; (void)out; *(volatile int*)0 = 1; return RATE_FAIL; }
static int ctrltrue(uint32_t k, rate_instance *out) { if (k > 0) return RATE_FAIL; sharp(0, out); out->factor = 1.0; return RATE_OK; }
static int ctrl09(uint32_t k, rate_instance *out) { if (k > 0) return RATE_FAIL; sharp(0, out); out->factor = 0.9; return RATE_OK; }
static const rate_param params[] = { RATE_STEP_SIZE("0 < gamma <= 1/L") };
static const rate_param params_empty[] = { { "gamma", RATE_REAL, "auto", 5, 6, NULL, "step" } };
static const char *const needs[] = { "convex", "L", "x_star", "f_star" };
static const char *const needs_s[] = { "convex", "L", "L_max", "x_star", "f_star", "sigma_star2" };
static const char *const needs_u[] = { "convex", "L", "x_star", "f_star", "phase_of_the_moon" };
static double wt(const rate_case *c, uint64_t t) { (void)c; (void)t; return 1; }
#define BASE(v, ID, ...) static const rate_theorem v = { .size = sizeof v, .abi = RATE_ABI, .id = ID, .chapter = "mine", .title = ID, .statement = ID, .quantity = "f(x_t) - f*", .formula = ID, .source = "", .kind = RATE_DETERMINISTIC, .method = "gd", .needs = RATE_LIST(needs), .params = RATE_ROWS(params), .power = 1, .choose = choose, .admissible = adm, __VA_ARGS__ }
#pragma GCC diagnostic ignored "-Woverride-init"
BASE(t1, "t-t2", .bound = b_t2, .measure = rate_measure_gap);
BASE(t2, "t-tight-t2", .bound = b_tight_t2, .measure = rate_measure_gap);
BASE(t3, "t-tight99", .bound = b_tight99, .measure = rate_measure_gap);
BASE(t3s, "t-tight99s", .bound = b_tight99, .measure = rate_measure_gap, .sharp = sharp);
BASE(t3b, "t-tight999", .bound = b_tight999, .measure = rate_measure_gap);
BASE(t4, "t-thalf", .bound = b_thalf, .measure = rate_measure_gap, .sharp = sharp);
BASE(t5, "t-nan", .bound = b_nan, .measure = rate_measure_gap);
BASE(t6, "t-nanlate", .bound = b_nanlate, .measure = rate_measure_gap);
BASE(t7, "t-neg", .bound = b_neg, .measure = rate_measure_gap);
BASE(t8, "t-inf", .bound = b_inf, .measure = rate_measure_gap);
BASE(t9, "t-zero", .bound = b_zero, .measure = rate_measure_gap);
BASE(t10, "t-bcrash", .bound = b_crash, .measure = rate_measure_gap);
BASE(t11, "t-bloop", .bound = b_loop, .measure = rate_measure_gap);
BASE(t12, "t-impure", .bound = b_impure, .measure = rate_measure_gap);
BASE(t13, "t-sqrt", .bound = b_sqrt, .measure = rate_measure_gap);
BASE(t14, "t-t32", .bound = b_t32, .measure = rate_measure_gap);
BASE(t15, "t-mcrash", .bound = b_tight, .measure = m_crash);
BASE(t16, "t-mnan", .bound = b_tight, .measure = m_nan);
BASE(t17, "t-mfail", .bound = b_tight, .measure = m_fail);
BASE(t18, "t-mnone", .bound = b_tight, .measure = m_none);
BASE(t19, "t-mmodx", .bound = b_tight, .measure = m_modx);
BASE(t20, "t-mscale", .bound = b_tight99, .measure = m_hugescale, .sharp = sharp);
BASE(t21, "t-sharpno", .bound = b_tight, .measure = rate_measure_gap, .sharp = sharpno);
BASE(t22, "t-sharpbad", .bound = b_tight, .measure = rate_measure_gap, .sharp = sharpbadpar);
BASE(t23, "t-sharpover", .bound = b_tight, .measure = rate_measure_gap, .sharp = sharpover);
BASE(t24, "t-sharpinf", .bound = b_tight, .measure = rate_measure_gap, .sharp = sharpinf);
BASE(t25, "t-ctrltrue", .bound = b_tight, .measure = rate_measure_gap, .control = ctrltrue);
BASE(t26, "t-ctrl09", .bound = b_tight, .measure = rate_measure_gap, .control = ctrl09);
BASE(t27, "t-never", .bound = b_tight, .measure = rate_measure_gap, .admissible = never);
BASE(t28, "t-empty", .bound = b_tight, .measure = rate_measure_gap, .params = RATE_ROWS(params_empty));
BASE(t29, "t-notapp", .bound = b_tight, .measure = rate_measure_gap, .applies = notapp);
BASE(t30, "t-choosenan", .bound = b_tight, .measure = rate_measure_gap, .choose = choosenan, .admissible = NULL);
BASE(t31, "t-nochoose", .bound = b_tight, .measure = rate_measure_gap, .choose = NULL);
BASE(t32, "t-unknownneed", .bound = b_tight, .measure = rate_measure_gap, .needs = RATE_LIST(needs_u));
BASE(t33, "t-nomethod", .bound = b_tight, .measure = rate_measure_gap, .method = "nosuchmethod");
BASE(t34, EVIL, .bound = b_tight, .measure = rate_measure_gap);
BASE(t35, "t-nosigma", .bound = b_nosigma, .measure = rate_measure_average_gap, .kind = RATE_EXPECTATION, .method = "sgd", .needs = RATE_LIST(needs_s), .choose = choose4, .admissible = adm4, .weight = wt);
BASE(t36, "t-sigma", .bound = b_sigma, .measure = rate_measure_average_gap, .kind = RATE_EXPECTATION, .method = "sgd", .needs = RATE_LIST(needs_s), .choose = choose4, .admissible = adm4, .weight = wt);
BASE(t37, "t-nosigmadet", .bound = b_nosigma, .measure = rate_measure_average_gap, .kind = RATE_DETERMINISTIC, .method = "sgd", .needs = RATE_LIST(needs_s), .choose = choose4, .admissible = adm4, .weight = wt);
BASE(t38, "t-noweight", .bound = b_tight, .measure = rate_measure_average_gap);
BASE(t39, "t-ok", .bound = b_tight, .measure = rate_measure_gap, .sharp = sharp, .control = ctrl09);
#ifdef SC
BASE(t40, "t-sharpcrash", .bound = b_tight, .measure = rate_measure_gap, .sharp = sharpcrash);
#endif
static const rate_theorem *const theorems[] = { &t1,&t2,&t3,&t3s,&t3b,&t4,&t5,&t6,&t7,&t8,&t9,&t10,&t11,&t12,&t13,&t14,&t15,&t16,&t17,&t18,&t19,&t20,&t21,&t22,&t23,&t24,&t25,&t26,&t27,&t28,&t29,&t30,&t31,&t32,&t33,&t34,&t35,&t36,&t37,&t38,&t39
#ifdef SC
, &t40
#endif
};
RATE_PLUGIN("theorems", "1", "MIT", .theorems = RATE_LIST(theorems))
