/* Broken on purpose, for tests. */
#include "ratecheck/ratecheck.h"
#include <string.h>
static int create(const rate_host *h, const rate_args *a, void **s){(void)h;(void)a;static int z;*s=&z;return 0;}
static size_t dim(void*s){(void)s;return 1;}
static int value(void*s,const double*x,double*f){(void)s;*f=.5**x**x;return 0;}
static int gradient(void*s,const double*x,double*g){(void)s;*g=*x;return 0;}
static int scalar(void*s,const char*n,rate_constant*o){(void)s;
 if(!strcmp(n,"L")){o->value=1;o->kind=RATE_UPPER;return 0;}
 if(!strcmp(n,"convex")){o->value=1;o->kind=RATE_EXACT;return 0;}
 if(!strcmp(n,"f_star")){o->value=-1;o->kind=RATE_LOWER;o->why="f >= -1";return 0;}
 return -1;}
static int vector(void*s,const char*n,size_t c,double*x){(void)s;if(strcmp(n,"x_star"))return -1;memset(x,0,c*sizeof*x);return 0;}
static int start(void*s,double*x){(void)s;*x=1;return 0;}
static const rate_constants k={sizeof k,scalar,vector};static const rate_start st={sizeof st,start};
static const void*interface(void*s,const char*n){(void)s;return !strcmp(n,"constants/1")?(const void*)&k:!strcmp(n,"start/1")?(const void*)&st:NULL;}
static const rate_objective o={.size=sizeof o,.abi=RATE_ABI,.id="low",.title="",.summary="",.source="",.create=create,.dim=dim,.value=value,.gradient=gradient,.interface=interface};
static const rate_objective*const all[]={&o};
RATE_PLUGIN("low","1","MIT",.objectives=RATE_LIST(all))
