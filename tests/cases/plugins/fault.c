/* Broken on purpose, for tests. */
#define _GNU_SOURCE
#include "common.h"
#include <fenv.h>
#include <setjmp.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>
#include <dlfcn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <xmmintrin.h>
/* f = |x-1|^2/2, d=3, all constants true. `how` = the fault, in the gradient (mode=0) or value (1), from call `at` on */
typedef struct { const char *how; long at, calls; size_t d; volatile double sink; } P;
static jmp_buf jb;
static int H(P *p, const char *s) { return !strcmp(p->how, s); }
static int deep(int n) { volatile char b[4096]; b[0] = (char)n; return n < 0 ? 0 : deep(n + 1) + b[0]; }
static void *thr(void *a) { double s = 0; for (int i = 0; i < 100000; i++) s += i; *(double*)a = s; return NULL; }
static void *thrforever(void *a) { (void)a; for (;;) sleep(1); return NULL; }
static void *thrspin(void *a) { volatile double *p = a; for (;;) (*p)++; return NULL; }
static void hnd(int s) { (void)s; }
static int create(const rate_host *h, const rate_args *g, void **self)
{ (void)h; P *p = calloc(1, sizeof *p); p->how = strdup(g->value[0].text); p->at = g->value[1].integer; p->d = g->value[2].integer; *self = p;
 if (H(p,"locale")) { if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "de_DE.utf8")) return h->fail(h, "no de_DE"); }
 if (H(p,"sigterm")) { signal(SIGTERM, SIG_IGN); signal(SIGINT, SIG_IGN); signal(SIGXCPU, SIG_IGN); }
 if (H(p,"sigsegv")) signal(SIGSEGV, hnd);
 if (H(p,"chdir")) { if (chdir("/")) return -1; }
 if (H(p,"setjmp")) setjmp(jb);
 if (H(p,"createfail")) return h->fail(h, "no, thanks: %d %s", 7, "x");
 if (H(p,"createsilent")) return -5;
 if (H(p,"createexit")) exit(0);
 if (H(p,"createnull")) *self = NULL;
 if (H(p,"unlink")) { Dl_info i; dladdr((void*)create, &i); unlink(i.dli_fname); }
 if (H(p,"alarm")) alarm(1);
 if (H(p,"nice")) { if (nice(19)) {} }
 if (H(p,"umask")) umask(0777);
 return RATE_OK; }
static int act(P *p, const double *x, double *out, size_t n)
{
	if (p->calls++ < p->at) return 0;
	if (H(p,"nan")) out[0] = NAN;
	else if (H(p,"inf")) out[0] = INFINITY;
	else if (H(p,"sleep")) for (;;) sleep(1000);
	else if (H(p,"spin") || H(p,"sigterm")) for (;;) p->sink++;
	else if (H(p,"deep")) deep(0);
	else if (H(p,"overrun")) for (size_t j = 0; j < n; j++) out[n + j] = 7;
	else if (H(p,"overrun8")) for (size_t j = 0; j < 8; j++) out[n + j] = 7;
	else if (H(p,"overrunld")) for (size_t j = 0; j < 8; j++) out[8 + j] = 7;
	else if (H(p,"overrun1k")) for (size_t j = 0; j < 1000; j++) out[n + j] = 7;
	else if (H(p,"overrun1m")) for (size_t j = 0; j < 1000000; j++) out[n + j] = 7;
	else if (H(p,"underrun")) out[-1] = 7;
	else if (H(p,"print")) { for (int i = 0; i < 1024; i++) { char b[1024]; memset(b, 'x', sizeof b); b[1023] = '\n'; fwrite(b, 1, 1024, stdout); } fflush(stdout); }
	else if (H(p,"printerr")) fprintf(stderr, "hello from the plugin\n");
	else if (H(p,"fork")) { if (p->calls == p->at + 1 && fork() == 0) { sleep(300); _exit(0); } }
	else if (H(p,"forkreturn")) { if (p->calls == p->at + 1) fork(); }
	else if (H(p,"daemon")) { if (p->calls == p->at + 1 && fork() == 0) { setsid(); if (fork() == 0) { sleep(300); } _exit(0); } }
	else if (H(p,"setsid")) { if (p->calls == p->at + 1 && fork() == 0) { setsid(); sleep(300); _exit(0); } }
	else if (H(p,"round")) fesetround(FE_UPWARD);
	else if (H(p,"ftz")) { _mm_setcsr(_mm_getcsr() | 0x8040); }
	else if (H(p,"modx")) ((double*)x)[0] += 1e-3;
	else if (H(p,"modxtiny")) ((double*)x)[0] *= 1 + 1e-12;
	else if (H(p,"rand")) out[0] += 1e-3 * (rand() / (double)RAND_MAX - 0.5);
	else if (H(p,"randtiny")) out[0] *= 1 + 1e-9 * (rand() / (double)RAND_MAX - 0.5);
	else if (H(p,"fpe")) { feenableexcept(FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW | FE_INEXACT); }
	else if (H(p,"mem")) { size_t b = 100ull << 30; char *m = malloc(b); if (!m) abort(); for (size_t i = 0; i < b; i += 4096) m[i] = 1; }
	else if (H(p,"memfail")) { if (!malloc(100ull << 30)) return RATE_FAIL; }
	else if (H(p,"mmap")) { char *m = mmap(NULL, 100ull << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0); for (size_t i = 0; i < 100ull << 30; i += 4096) m[i] = 1; }
	else if (H(p,"leak")) { char *m = malloc(1 << 20); if (!m) abort(); memset(m, 1, 1 << 20); }
	else if (H(p,"longjmp") || H(p,"setjmp")) longjmp(jb, 1);
	else if (H(p,"exit")) exit(0);
	else if (H(p,"_exit")) _exit(0);
	else if (H(p,"exit3")) exit(3);
	else if (H(p,"atexit")) { atexit((void(*)(void))abort); exit(0); }
	else if (H(p,"close12")) { close(1); close(2); }
	else if (H(p,"closeall")) for (int i = 0; i < 1024; i++) close(i);
	else if (H(p,"thread")) { pthread_t t[4]; double r[4]; for (int i = 0; i < 4; i++) pthread_create(&t[i], NULL, thr, &r[i]); for (int i = 0; i < 4; i++) pthread_join(t[i], NULL); }
	else if (H(p,"threadleft")) { pthread_t t; if (p->calls == p->at + 1) pthread_create(&t, NULL, thrforever, NULL); }
	else if (H(p,"threadspin")) { pthread_t t; if (p->calls == p->at + 1) pthread_create(&t, NULL, thrspin, (void*)&p->sink); }
	else if (H(p,"pthread_exit")) pthread_exit(NULL);
	else if (H(p,"sigsegv")) *(volatile int*)0 = 1;
	else if (H(p,"segv")) *(volatile int*)0 = 1;
	else if (H(p,"abort")) abort();
	else if (H(p,"kill9")) raise(SIGKILL);
	else if (H(p,"stop")) raise(SIGSTOP);
	else if (H(p,"usr1")) raise(SIGUSR1);
	else if (H(p,"killparent")) kill(getppid(), SIGTERM);
	else if (H(p,"ill")) __builtin_trap();
	else if (H(p,"fail")) return RATE_FAIL;
	else if (H(p,"fail7")) return 7;
	else if (H(p,"nothing")) { }
	else if (H(p,"bigfile")) { int fd = open("tmp/bigfile", O_CREAT | O_WRONLY, 0600); static char b[1 << 20]; for (int i = 0; i < 200; i++) if (write(fd, b, sizeof b) < 0) return RATE_FAIL; close(fd); }
	return 0;
}
static size_t dim(void *s) { return s ? ((P*)s)->d : 3; }
static int value(void *s, const double *x, double *f) { P *p = s; double t = 0; for (size_t j = 0; j < dim(s); j++) t += (x[j]-1)*(x[j]-1)/2; *f = t; if (p && H(p,"nothing")) *f = 0.0/0.0*0; return RATE_OK; }
static int gradient(void *s, const double *x, double *g) { P *p = s; for (size_t j = 0; j < dim(s); j++) g[j] = x[j]-1; return p ? act(p, x, g, dim(s)) : 0; }
static int scalar(void *s, const char *name, rate_constant *o) { (void)s; o->kind = RATE_EXACT; if (IS("convex")||IS("L")||IS("mu")||IS("pl")) o->value = 1; else if (IS("f_star")) o->value = 0; else return RATE_FAIL; return RATE_OK; }
static int vector(void *s, const char *name, size_t c, double *o) { (void)s; if (!IS("x_star")) return RATE_FAIL; for (size_t j = 0; j < c; j++) o[j] = 1; return RATE_OK; }
static const rate_constants constants = { sizeof constants, scalar, vector };
static const void *interface(void *s, const char *name) { (void)s; return IS("constants/1") ? (const void *)&constants : NULL; }
static const rate_param params[] = { {"how",RATE_TEXT,"none",0,0,NULL,""},{"at",RATE_INTEGER,"20",0,1e9,NULL,""},{"d",RATE_INTEGER,"3",1,1000,NULL,""} };
PLUGIN("fault")
