/* A run on several machines: rank 0 plans, judges and writes, the others lend it their children. Built without MPI, or
 * started alone, there is but rank 0 and nothing of this does anything. */
#ifndef VERIFY_RANKS_H
#define VERIFY_RANKS_H

#include <stddef.h>
#include <stdint.h>

#include "ratecheck/abi.h"

/* Replicates first..first+count-1 of the check with this id: all ranks have made the same plan. */
typedef struct rate_piece {
	char check[96];
	uint64_t first, count;
	uint64_t number; /* rank 0's; comes back with the answer */
} rate_piece;

/* What came of a piece: `reason` as from a pool; the arena, which is the receiver's from now on, or NULL. */
typedef void (*rate_answered)(void *user, void *arena, const char *reason, double seconds);

#ifdef HAVE_MPI
/* Joins the others, if mpirun or srun started this process. */
void rate_ranks_begin(void);
int rate_ranks_mine(void);
unsigned rate_ranks_count(void);
/* All get the bytes that rank 0 has. */
void rate_ranks_share(void *bytes, size_t size);
/* Have all the same value? Where not, rate_ranks_trouble says which rank has another. */
int rate_ranks_agree(uint64_t value);
/* Rank 0 sends the others home, or ends them where a piece is still on its way. */
void rate_ranks_end(int code);
/* "", or one line that says which rank is lost. */
const char *rate_ranks_trouble(void);

/* Rank 0: gives a piece to the rank that has least to do, if that is less than `least`; else, or if it fails,
 * RATE_FAIL. The answer is at most `size` bytes of an arena of that size; a rank that owes it for `patience` seconds
 * is lost. */
int rate_ranks_submit(rate_piece *piece, size_t least, size_t size, double patience, rate_answered done, void *user);
/* Takes the answers that are there. RATE_FAIL if a rank is lost. */
int rate_ranks_poll(void);

/* The others: 1: a piece, 0: none yet, RATE_FAIL: rank 0 wants no more. */
int rate_ranks_next(rate_piece *out);
/* The arena, of `room` bytes, is given away. Nobody waits. */
int rate_ranks_answer(const rate_piece *piece, const char *reason, double seconds, void *arena,
                      size_t size, size_t room);
#else
static inline void rate_ranks_begin(void) {}
static inline int rate_ranks_mine(void) { return 0; }
static inline unsigned rate_ranks_count(void) { return 1; }
static inline void rate_ranks_share(void *bytes, size_t size) {}
static inline int rate_ranks_agree(uint64_t value) { return RATE_OK; }
static inline void rate_ranks_end(int code) {}
static inline const char *rate_ranks_trouble(void) { return ""; }
static inline int rate_ranks_submit(rate_piece *piece, size_t least, size_t size, double patience, rate_answered done,
                                    void *user)
{
	return RATE_FAIL;
}
static inline int rate_ranks_poll(void) { return RATE_OK; }
static inline int rate_ranks_next(rate_piece *out) { return RATE_FAIL; }
static inline int rate_ranks_answer(const rate_piece *piece, const char *reason, double seconds,
                                    void *arena, size_t size, size_t room)
{
	return RATE_FAIL;
}
#endif

#endif
