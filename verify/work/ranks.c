/* Ranks by MPI. Nobody blocks in MPI while there is nothing to do, since its waiting takes the processor from the
 * children; each rank looks for messages between looks at its own children.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/work/ranks.h"

#include <fcntl.h>
#include <mpi.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "plugins/isolate.h"

enum { PIECE = 1, ANSWER, DATA, END };

typedef struct answer {
	uint64_t number, size;
	double seconds;
	char reason[768];
} answer;

/* A piece that is on its way. */
typedef struct debt {
	int rank; /* 0: the place is free */
	size_t size;
	double due;
	rate_answered done;
	void *user;
} debt;

/* An answer on its way to rank 0. */
typedef struct parcel {
	struct parcel *next;
	answer a;
	void *arena;
	size_t room; /* of the arena */
	MPI_Request request[2];
} parcel;

/* MPI has one state a process, and so has this. */
static struct {
	int on, rank, count;
	parcel *parcel;
	size_t *load; /* pieces that each rank has */
	debt *debt;
	size_t places;
	char trouble[256];
} ranks = { .count = 1 };

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

static int lose(int rank, const char *why)
{
	if (!*ranks.trouble)
		snprintf(ranks.trouble, sizeof ranks.trouble, "MPI rank %d %s", rank, why);
	return RATE_FAIL;
}

void rate_ranks_begin(void)
{
	static const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGILL };
	int null;

	if (!getenv("OMPI_COMM_WORLD_SIZE") && !getenv("PMIX_RANK") && !getenv("PMI_RANK"))
		return;
	MPI_Init(NULL, NULL);
	MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
	MPI_Comm_rank(MPI_COMM_WORLD, &ranks.rank);
	MPI_Comm_size(MPI_COMM_WORLD, &ranks.count);
	ranks.on = 1;
	/* Signals keep their meaning, so that the cause of a child's death can be told. */
	for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
		signal(crashes[i], SIG_DFL);
	if (!(ranks.load = calloc((size_t)ranks.count, sizeof *ranks.load)))
		MPI_Abort(MPI_COMM_WORLD, 3);
	/* What all have to say is said once. */
	if (ranks.rank && (null = open("/dev/null", O_WRONLY)) >= 0) {
		dup2(null, 1);
		dup2(null, 2);
		close(null);
	}
}

int rate_ranks_mine(void)
{
	return ranks.rank;
}

unsigned rate_ranks_count(void)
{
	return (unsigned)ranks.count;
}

void rate_ranks_share(void *bytes, size_t size)
{
	if (ranks.on)
		MPI_Bcast(bytes, (int)size, MPI_BYTE, 0, MPI_COMM_WORLD);
}

int rate_ranks_agree(uint64_t value)
{
	uint64_t *all = calloc((size_t)ranks.count, sizeof *all);

	if (ranks.on &&
	    (!all || MPI_Allgather(&value, 1, MPI_UINT64_T, all, 1, MPI_UINT64_T, MPI_COMM_WORLD) != MPI_SUCCESS))
		lose(ranks.rank, "cannot reach the others");
	for (int r = 1; ranks.on && all && r < ranks.count; r++)
		if (all[r] != all[0])
			lose(r, "has another plan than rank 0, or none: every rank needs the same files under the same "
			        "names");
	free(all);
	return *ranks.trouble ? RATE_FAIL : RATE_OK;
}

/* Gives back the memory of answers that have arrived; of all, once they have, if `wait`. */
static void forget_parcels(int wait)
{
	for (parcel **link = &ranks.parcel, *p; (p = *link);) {
		int there = 1;
		if (wait)
			MPI_Waitall(2, p->request, MPI_STATUSES_IGNORE);
		else
			MPI_Testall(2, p->request, &there, MPI_STATUSES_IGNORE);
		if (!there) {
			link = &p->next;
			continue;
		}
		*link = p->next;
		rate_arena_free(p->arena, p->room);
		free(p);
	}
}

/* Who still owes an answer may never come to the end by himself. */
void rate_ranks_end(int code)
{
	size_t owed = 0;

	if (!ranks.on)
		return;
	fflush(NULL);
	for (int r = 1; r < ranks.count; r++)
		owed += ranks.load[r];
	/* The launcher ends the others, but lets rank 0 say its last words. */
	if (ranks.rank && code == 130)
		_exit(code);
	if (code == 130 || owed)
		MPI_Abort(MPI_COMM_WORLD, *ranks.trouble ? 3 : code);
	for (int r = 1; !ranks.rank && r < ranks.count; r++)
		MPI_Send(NULL, 0, MPI_BYTE, r, END, MPI_COMM_WORLD);
	forget_parcels(1);
	free(ranks.load);
	free(ranks.debt);
	MPI_Finalize();
	ranks.on = 0;
}

const char *rate_ranks_trouble(void)
{
	return ranks.trouble;
}

/* ---- Rank 0 ---- */

static debt *free_place(void)
{
	debt *grown;
	size_t i = 0;

	while (i < ranks.places && ranks.debt[i].rank)
		i++;
	if (i == ranks.places) {
		if (!(grown = realloc(ranks.debt, (2 * i + 8) * sizeof *grown)))
			return NULL;
		memset(grown + i, 0, (i + 8) * sizeof *grown);
		ranks.debt = grown;
		ranks.places = 2 * i + 8;
	}
	return ranks.debt + i;
}

int rate_ranks_submit(rate_piece *piece, size_t least, size_t size, double patience, rate_answered done, void *user)
{
	debt *d;
	int to = 0;

	for (int r = 1; r < ranks.count; r++)
		if (ranks.load[r] < least) {
			least = ranks.load[r];
			to = r;
		}
	if (!to || !(d = free_place()))
		return RATE_FAIL;
	piece->number = (uint64_t)(d - ranks.debt);
	ranks.load[to]++;
	if (MPI_Send(piece, sizeof *piece, MPI_BYTE, to, PIECE, MPI_COMM_WORLD) != MPI_SUCCESS)
		return lose(to, "cannot be reached");
	*d = (debt){ to, size, now() + patience, done, user };
	return RATE_OK;
}

static int take_answer(int from)
{
	answer a;
	debt d;
	void *arena;
	int rc;

	if (MPI_Recv(&a, sizeof a, MPI_BYTE, from, ANSWER, MPI_COMM_WORLD, MPI_STATUS_IGNORE) != MPI_SUCCESS ||
	    a.number >= ranks.places || (d = ranks.debt[a.number]).rank != from || a.size > d.size)
		return lose(from, "sent an answer that is not whole");
	if (!(arena = rate_arena(d.size)))
		return lose(from, "sent an answer for which rank 0 has no memory");
	rc = MPI_Recv(arena, (int)a.size, MPI_BYTE, from, DATA, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
	if (rc != MPI_SUCCESS) {
		rate_arena_free(arena, d.size);
		return lose(from, "sent an answer that is not whole");
	}
	ranks.debt[a.number].rank = 0;
	ranks.load[from]--;
	a.reason[sizeof a.reason - 1] = '\0';
	d.done(d.user, arena, a.reason, a.seconds);
	return RATE_OK;
}

int rate_ranks_poll(void)
{
	MPI_Status status;
	int there = 0;

	while (ranks.count > 1 && !*ranks.trouble &&
	       MPI_Iprobe(MPI_ANY_SOURCE, ANSWER, MPI_COMM_WORLD, &there, &status) == MPI_SUCCESS && there)
		take_answer(status.MPI_SOURCE);
	/* A launcher may let a rank die and the others live. */
	for (size_t i = 0; i < ranks.places; i++)
		if (ranks.debt[i].rank && now() > ranks.debt[i].due)
			lose(ranks.debt[i].rank, "does not answer");
	return *ranks.trouble ? RATE_FAIL : RATE_OK;
}

/* ---- The others ---- */

int rate_ranks_next(rate_piece *out)
{
	MPI_Status status;
	int there;

	forget_parcels(0);
	if (MPI_Iprobe(0, MPI_ANY_TAG, MPI_COMM_WORLD, &there, &status) != MPI_SUCCESS)
		return RATE_FAIL;
	if (!there)
		return 0;
	MPI_Recv(out, sizeof *out, MPI_BYTE, 0, status.MPI_TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
	return status.MPI_TAG == PIECE ? 1 : RATE_FAIL;
}

int rate_ranks_answer(const rate_piece *piece, const char *reason, double seconds, void *arena,
                      size_t size, size_t room)
{
	parcel *p = calloc(1, sizeof *p);

	if (!p)
		return RATE_FAIL;
	*p = (parcel){ ranks.parcel, { .number = piece->number, .size = size, .seconds = seconds }, arena,
	               room, { 0 } };
	snprintf(p->a.reason, sizeof p->a.reason, "%s", reason);
	ranks.parcel = p;
	MPI_Isend(&p->a, sizeof p->a, MPI_BYTE, 0, ANSWER, MPI_COMM_WORLD, &p->request[0]);
	MPI_Isend(arena, (int)size, MPI_BYTE, 0, DATA, MPI_COMM_WORLD, &p->request[1]);
	return RATE_OK;
}
