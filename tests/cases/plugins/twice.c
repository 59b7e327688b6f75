/* Broken on purpose, for tests. */
#include "ratecheck/ratecheck.h"
/* draws purposes 0 and 8 and two components in one step; says what it sees */
static int step(rate_run *run){
 const rate_sample *a=rate_draw(run,0,1),*b; uint64_t i0=a->index[0]; b=rate_draw(run,8,1);
 if(a==b||a->index[0]!=i0) return run->call->fail(run,"purpose 0 and 8 share one sample: %p %p, index %llu then %llu",(const void*)a,(const void*)b,(unsigned long long)i0,(unsigned long long)a->index[0]);
 const rate_sample *c=run->call->component(run,0),*d=run->call->component(run,1);
 if(c==d) return run->call->fail(run,"component 0 and 1 are one handle, index %llu",(unsigned long long)c->index[0]);
 return rate_sample_step(run,a,-run->gamma,run->state[0],run->scratch[0]);}
static const rate_state state[]={{"x",0,""}};static const char*const sch[]={"gamma"};
static const rate_method m={.size=sizeof m,.abi=RATE_ABI,.id="twice",.title="",.summary="",.source="",.flags=RATE_STOCHASTIC,.state=RATE_ROWS(state),.schedules=RATE_LIST(sch),.scratch=1,.step=step};
static const rate_method*const all[]={&m};
RATE_PLUGIN("twice","1","MIT",.methods=RATE_LIST(all))
