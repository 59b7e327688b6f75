/* Broken on purpose, for tests. */
#include "ratecheck/ratecheck.h"
#include <string.h>
/* a plugin built with a struct that ends at gradient: size says so; what lies behind is garbage */
static int create(const rate_host *h, const rate_args *a, void **s){(void)h;(void)a;static int z;*s=&z;return 0;}
static size_t dim(void*s){(void)s;return 1;}
static int value(void*s,const double*x,double*f){(void)s;*f=.5**x**x;return 0;}
static int gradient(void*s,const double*x,double*g){(void)s;*g=*x;return 0;}
static const struct { rate_objective o; } w={{.size=offsetof(rate_objective,interface),.abi=RATE_ABI,.id="small",.title="",.summary="",.source="",.create=create,.dim=dim,.value=value,.gradient=gradient,.interface=(const void*(*)(void*,const char*))(uintptr_t)0x1234}};
static const rate_objective*const all[]={&w.o};
RATE_PLUGIN("small","1","MIT",.objectives=RATE_LIST(all))
