# `make scaling`: what a sampled check costs, against replicates, steps, dimension, terms, workers and MPI ranks.
#
#     scaling.py [--rounds N] [--ranks] [--output DIR]
#
# The model, in processor seconds with R replicates of T steps in dimension d on n terms, looked at K times, by p workers:
#
#     one = a + g R K                                      the process that hands out, judges and writes
#     all = w + R (T (b + c d) + K n (e + f d))            its children
#     seconds on the clock = one + all / (p efficiency)
#
# Both are fitted by least squares of relative errors, no coefficient below 0, to the least of N rounds. Processor time is
# what the system counts for a process and for the children that it waited for. Writes scaling.md; the last lines are the
# gates for two workers and two ranks. Exit: 0 all pass, 1 not all, 2 wrong use or trouble.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import argparse
import datetime
import json
import os
import subprocess
import sys
import time

CLAIM, STEP = 'sgd-convex-smooth', 'gamma=0.05'
# n, d, T, R: one of them changes at a time, then several.
SIZES = [(200, 20, 1024, 16384), (200, 20, 1024, 4096), (200, 20, 1024, 65536), (200, 5, 1024, 16384), (200, 80, 1024, 16384),
         (200, 20, 256, 16384), (200, 20, 8192, 8192), (50, 20, 1024, 16384), (1000, 20, 1024, 8192), (50, 80, 4096, 8192),
         (1000, 5, 256, 8192), (500, 40, 512, 8192), (20, 5, 8192, 32768)]
# The sizes of W1 and W3 of `ratecheck bench`, with more replicates, so that starting does not count; W1 by a step with
# momentum, since the mean is exact for plain steps on least squares.
WIDE = {'W1': ['momentum-convex:eta=0.05', 'least-squares:n=200,d=20', 4096, 262144],
        'W3': [CLAIM + ':' + STEP, 'logistic:n=1000,d=100', 2048, 65536]}
WAYS = [('1 worker', 0, 1), ('2 workers', 0, 2), ('1 rank', 1, 1), ('2 ranks', 2, 1)]


def fail(text):
    print('scaling.py: ' + text, file=sys.stderr)
    sys.exit(2)


def verify(claim, objective, steps, replicates, jobs, ranks=0):
    """The result's line; seconds on the clock, of the process, of its children."""
    command = ['ratecheck', 'verify', claim, '--objective', objective, '--steps', str(steps), '--replicates', str(replicates),
               '--jobs', str(jobs), '--memory', '32768', '--format', 'json', '--quiet']
    if ranks:
        root = ['--allow-run-as-root'] if os.geteuid() == 0 else []
        command = ['mpirun', '--oversubscribe', '--bind-to', 'none'] + root + ['-n', str(ranks)] + command
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    text = process.stdout.read()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    clock = time.monotonic() - start
    with open('/proc/%d/stat' % process.pid) as f:
        ticks = [int(v) / os.sysconf('SC_CLK_TCK') for v in f.read().rpartition(')')[2].split()[11:15]]
    lines = [json.loads(l) for l in text.splitlines()]
    if process.wait() or len(lines) != 1 or lines[0]['statistic'] != 'sampled' or lines[0]['replicates'] != replicates:
        fail('%s: exit %d, not one sampled check of %d replicates' % (' '.join(command), process.returncode, replicates))
    return lines[0], clock, sum(ticks[:2]), sum(ticks[2:])


def fit(rows, seconds):
    """Coefficients >= 0: a column whose coefficient would be negative is left out."""
    import numpy
    A, kept = numpy.array(rows) / numpy.array(seconds)[:, None], list(range(len(rows[0])))
    while True:
        found = numpy.linalg.lstsq(A[:, kept], numpy.ones(len(rows)), rcond=None)[0]
        if found.min() >= 0:
            break
        del kept[int(found.argmin())]
    all_of_them = numpy.zeros(len(rows[0]))
    all_of_them[kept] = found
    return [float(c) for c in all_of_them]


def one_row(n, d, T, R, K):
    return [1, R * K]


def all_row(n, d, T, R, K):
    return [1, R * T, R * T * d, R * K * n, R * K * n * d]


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


class Scaling:
    def __init__(self, rounds, ranks):
        self.rounds, self.ways, self.gates = rounds, [w for w in WAYS if ranks or not w[1]], []
        self.cost, self.points, self.clock, self.work, self.bits = {}, {}, {}, {}, {}

    def measure(self):
        for number in range(self.rounds):
            print('round %d of %d' % (number + 1, self.rounds), file=sys.stderr)
            for size in SIZES:
                n, d, T, R = size
                line, _, one, children = verify(CLAIM + ':' + STEP, 'logistic:n=%d,d=%d' % (n, d), T, R, 1)
                self.points[size] = line['judged_steps']
                self.cost.setdefault(size, []).append((one, children))
            for w in WIDE:
                for name, ranks, jobs in self.ways:
                    line, clock, one, children = verify(*WIDE[w], jobs=jobs, ranks=ranks)
                    self.clock.setdefault((w, name), []).append(clock)
                    self.work.setdefault((w, name), []).append(one + children)
                    self.bits.setdefault(w, set()).add(line['measurements'])

    def judge(self):
        sizes = [s + (self.points[s],) for s in SIZES]
        least = [[min(c[i] for c in self.cost[s]) for s in SIZES] for i in (0, 1)]
        self.one = fit([one_row(*s) for s in sizes], least[0])
        self.all = fit([all_row(*s) for s in sizes], least[1])
        self.table = [(s, a, dot(self.one, one_row(*s)), b, dot(self.all, all_row(*s))) for s, a, b in zip(sizes, *least)]
        for name, _, _ in self.ways:
            if name[0] == '2':
                for w in WIDE:
                    best = self.speed_up(w, name, name.replace('2', '1').rstrip('s'))
                    self.gates.append((best >= 1.6, '%s, best of %d, %s' % (name, self.rounds, w), best, '>= 1.6'))
        differ = sum(len(b) - 1 for b in self.bits.values())
        self.gates.append((differ == 0, 'measurements that differ', differ, '<= 0'))

    def speed_up(self, w, name, than='1 worker'):
        return min(self.clock[w, than]) / min(self.clock[w, name])

    def page(self, machine):
        a, g = self.one
        w, b, c, e, f = self.all
        out = ['# Cost of a sampled check', '', 'Made by `make scaling` on %s: %s, %d processors, load %.1f while it ran; %d rounds.' % (
            datetime.date.today().isoformat(), machine, os.cpu_count() or 1, os.getloadavg()[0], self.rounds), '',
            'Stochastic gradient descent, one term a step, on logistic regression with n terms in dimension d: R replicates of T',
            'steps, at K of which the value of the whole sum is taken. With p workers or ranks it takes', '',
            '    a + g R K + (w + R (T (b + c d) + K n (e + f d))) / (p efficiency)', '',
            'seconds; what stands before the bracket is the share of the process that hands out, judges and writes (rank 0).',
            'Least squares of relative errors over the table below, no coefficient below 0:', '',
            '| a | g | w | b | c | e | f |', '| --- | --- | --- | --- | --- | --- | --- |',
            '| %.2f s | %.2f ns | %.2f s | %.2f ns | %.3f ns | %.3f ns | %.4f ns |' % (a, g * 1e9, w, b * 1e9, c * 1e9, e * 1e9, f * 1e9), '',
            'Processor seconds with one worker, the least of the rounds, and by how much the fit misses them:', '',
            '| n | d | T | R | K | process | fit is off | children | fit is off |', '| --- |' + ' --- |' * 8]
        for (n, d, T, R, K), one, fit_one, children, fit_children in self.table:
            out.append('| %d | %d | %d | %d | %d | %.2f | %+.0f %% | %.2f | %+.0f %% |' % (
                n, d, T, R, K, one, 100 * (fit_one / one - 1), children, 100 * (fit_children / children - 1)))
        out += ['', '## Workers and ranks', '',
                'Whole runs on the clock, starting and judging too, and the processor seconds of all that takes part: the least of',
                'the rounds. Other work on the machine spoils the clock; the processor seconds show what ranks cost. The gates take',
                'two workers against one, and two ranks against one.',
                'W1: least squares, n = 200, d = 20, momentum, %d replicates of %d steps. W3: logistic, n = 1000, d = 100,' % (
                    WIDE['W1'][3], WIDE['W1'][2]), '%d replicates of %d steps.' % (WIDE['W3'][3], WIDE['W3'][2]), '',
                '| | %s |' % ' | '.join(n for n, _, _ in self.ways), '| --- |' + ' --- |' * len(self.ways)]
        for x in WIDE:
            out.append('| %s, seconds | %s |' % (x, ' | '.join('%.2f' % min(self.clock[x, n]) for n, _, _ in self.ways)))
            out.append('| %s, processor seconds | %s |' % (x, ' | '.join('%.2f' % min(self.work[x, n]) for n, _, _ in self.ways)))
            out.append('| %s, times as fast as 1 worker | %s |' % (x, ' | '.join('%.2f' % self.speed_up(x, n) for n, _, _ in self.ways)))
        n, d, T, R, K = SIZES[0][:3] + (10 ** 6, self.points[SIZES[0]])
        one, children = dot(self.one, one_row(n, d, T, R, K)), dot(self.all, all_row(n, d, T, R, K))
        out += ['', '## A thousand million replicates', '',
                'What the fit says of n = %d, d = %d, T = %d: 1000 runs of 10^6 replicates each take %.0f processor hours. On p' % (
                    n, d, T, (one + children) / 3.6),
                'processors of this kind, all of them busy, one run takes', '', '| p | seconds | of which rank 0 alone |', '| --- | --- | --- |']
        out += ['| %d | %.0f | %.1f |' % (p, one + children / p, one) for p in (1, 16, 64, 256)]
        out += ['', 'so that runs side by side, with few ranks each, use the processors best.', '', '## Gates', '',
                '| | what | measured | gate |', '| --- | --- | --- | --- |']
        out += ['| %s | %s | %.3g | %s |' % ('PASS' if ok else 'FAIL', name, value, gate) for ok, name, value, gate in self.gates]
        return '\n'.join(out) + '\n'


def processor():
    try:
        with open('/proc/cpuinfo') as f:
            return next((l.partition(':')[2].strip() for l in f if l.startswith('model name')), 'unknown')
    except OSError:
        return 'unknown'


def main():
    p = argparse.ArgumentParser(prog='scaling.py')
    p.add_argument('--rounds', type=int, default=5)
    p.add_argument('--ranks', action='store_true', help='the program was built with MPI')
    p.add_argument('--output', default='.')
    a = p.parse_args()
    if a.rounds < 1:
        fail('--rounds %d: at least 1' % a.rounds)
    try:
        import numpy  # noqa: F401
    except ImportError:
        fail('%s cannot import NumPy' % sys.executable)
    s = Scaling(a.rounds, a.ranks)
    s.measure()
    s.judge()
    page = s.page(processor())
    with open(os.path.join(a.output, 'scaling.md'), 'w') as f:
        f.write(page)
    print(page)
    for ok, name, value, gate in s.gates:
        print('%s %s %.3g %s' % ('PASS' if ok else 'FAIL', name, value, gate))
    return 0 if all(g[0] for g in s.gates) else 1


sys.exit(main())
