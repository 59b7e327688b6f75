# `make bench`: the engine beside NumPy, naive C and what the processor can do, interleaved.
#
#     compare.py SOURCES [--rounds N] [--suite quick|standard]... [--output DIR]
#
# Every round runs all competitors one after the other; a ratio is the median over the rounds of the ratios within a round,
# so that what disturbs a round disturbs both sides. One worker: processor time; two workers: the clock. Writes bench.md,
# bench.json and, with gnuplot, bench.svg; the last lines are the gates, PASS or FAIL. Exit: 0 all pass, 1 not all, 2 wrong
# use or trouble.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import argparse
import datetime
import hashlib
import json
import os
import shutil
import statistics
import struct
import subprocess
import sys
import time

WORKLOADS = ['W1', 'W2', 'W3', 'W4', 'W5']
SHAPE = {  # logistic, n, d, R, T, checkpoints
    'W1': (0, 200, 20, 4096, 4096, 24), 'W2': (0, 10, 2, 65536, 1024, 20), 'W3': (1, 1000, 100, 1024, 2048, 22),
    'W4': (0, 1000, 1000, 256, 2048, 22), 'W5': (1, 10000, 50, 512, 1024, 20)}
SPARSE = {'S1': (1, 16, 20242), 'S2': (0.25, 64, 32561)}  # gamma, R, T
SPARSE_SHARE = {'scipy': (0.25, {'S1': 4, 'S2': 16}), 'naive': 0.1}
CHUNK = {'W1': 1024, 'W2': 16384, 'W3': 256, 'W4': 64, 'W5': 128}
NUMPY_SHARE, NAIVE_SHARE = 0.25, 0.05
LEVELS = ['x86-64', 'x86-64-v3', 'x86-64-v4']
BLOCKS = [1, 16, 48, 1024]
USERS = [('scalar', 0), ('block', 1), ('slopes', 2)]  # what bench/user.c offers
# A prototype's values on an AMD EPYC of family 26 with AVX-512, for comparison.
PROTOTYPE = {'fma_gflops': 104, 'triad_l1': 199, 'triad_l2': 177, 'triad_l3': 52, 'philox_gb': 14.9, 'exp_ns': 0.53,
             'softplus_ns': 1.5}
RATES = {'fma_gflops', 'triad_l1', 'triad_l2', 'triad_l3', 'philox_gb'}  # more is better


def fail(text):
    print('compare.py: ' + text, file=sys.stderr)
    sys.exit(2)


def output_of(command, environment=None):
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    if done.returncode:
        fail('%s: exit %d: %s' % (' '.join(command), done.returncode, done.stderr.strip()))
    return done.stdout


def ours(workload, *options, runs=1, **environment):
    command = ['ratecheck', 'bench', workload, '--json', '--runs', str(runs)] + list(options)
    return json.loads(output_of(command, dict(os.environ, **environment)))


def numpy_seconds(sources, workload):
    quiet = {k: v for k, v in os.environ.items() if not k.startswith('OPENBLAS_')}
    quiet.update(OPENBLAS_NUM_THREADS='1', MALLOC_MMAP_THRESHOLD_='32000000', MALLOC_TRIM_THRESHOLD_='1000000000')
    return float(output_of([sys.executable, os.path.join(sources, 'np_bench.py'), str(WORKLOADS.index(workload)),
                            str(NUMPY_SHARE), str(CHUNK[workload])], quiet))


def naive_seconds(workload):
    return float(output_of(['bench/naive', 'bench/oracle.so', str(WORKLOADS.index(workload)), str(NAIVE_SHARE)]))


def bin_of(workload):
    """Rows, numbers and the size of the set that all competitors read."""
    with open(workload + '.bin', 'rb') as f:
        n, _, numbers = struct.unpack('<QQQ', f.read(24))
    return n, numbers, os.path.getsize(workload + '.bin')


def scipy_seconds(sources, workload):
    share, chunk = SPARSE_SHARE['scipy']
    quiet = {k: v for k, v in os.environ.items() if not k.startswith('OPENBLAS_')}
    quiet.update(OPENBLAS_NUM_THREADS='1', MALLOC_MMAP_THRESHOLD_='32000000', MALLOC_TRIM_THRESHOLD_='1000000000')
    return float(output_of([sys.executable, os.path.join(sources, 'sparse_bench.py'), 'run', workload, workload, str(share),
                            str(chunk[workload])], quiet))


def naive_sparse_seconds(workload):
    gamma, R, T = SPARSE[workload]
    return float(output_of(['bench/naive_sparse', workload + '.bin', str(gamma), str(R), str(T),
                            str(SPARSE_SHARE['naive'])]))


def sparse_bound(workload, roof):
    """Seconds that memory needs: an entry is 12 bytes and a line of 64 of the point; eight points share both."""
    _, R, T = SPARSE[workload]
    n, numbers, _ = bin_of(workload)
    points = len({int(2 ** (k * 0.5) + 0.5) for k in range(64) if 2 ** (k * 0.5) < T} | {T})
    return (R / 8 * points * numbers + R * T * numbers / n) * (12 + 64) * 1e-9 / roof['triad_l3']


def available_levels():
    return [l for l in LEVELS if subprocess.run(['ratecheck', 'bench', 'W2', '--runs', '1', '--isa', l],
                                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0]


def bound(workload, roof):
    """Seconds that the processor needs at least: loads of a step at two vectors a cycle, or its row from the third-level
    cache where the rows do not fit the second; random indices; additions, multiplications and losses of evaluations."""
    logistic, n, d, R, T, points = SHAPE[workload]
    lanes = roof['lanes']
    loads = 4 * -(-d // lanes) / 2 * (4 * lanes / roof['fma_gflops'])  # ns: two units of 2 flops a lane and cycle
    row = 8 * d / roof['triad_l3'] if 8 * n * d > 1 << 20 else 0
    evaluations = R * points * n
    return (R * T * (max(loads, row) + roof['index_ns']) + evaluations * 2 * d / roof['fma_gflops'] +
            logistic * evaluations * roof['softplus_ns']) * 1e-9


def processor():
    model, family = 'unknown', ''
    try:
        with open('/proc/cpuinfo') as f:
            for line in f:
                key, _, value = line.partition(':')
                if key.strip() == 'model name':
                    model = value.strip()
                elif key.strip() == 'cpu family':
                    family = value.strip()
                elif not key.strip():
                    break
    except OSError:
        pass
    return model, family


class Bench:
    def __init__(self, sources, rounds, suites):
        self.sources, self.rounds, self.suites = sources, rounds, suites
        self.levels = available_levels()
        self.seconds = {}  # (who, workload) -> one number a round
        self.roofs, self.hashes, self.peak, self.gates, self.notes, self.checks = [], {}, {}, [], [], {}
        try:
            output_of([sys.executable, '-c', 'import numpy; print(numpy.__version__)'])
            self.numpy = True
        except SystemExit:
            self.numpy = False
            print('SKIP numpy: %s cannot import it' % sys.executable)
        try:
            for w in SPARSE:
                output_of([sys.executable, os.path.join(sources, 'sparse_bench.py'), 'make', w, w])
            self.sparse = list(SPARSE)
        except SystemExit:
            self.sparse = []
            print('SKIP sparse rows: %s cannot import scipy (Debian: python3-scipy)' % sys.executable)

    def add(self, who, workload, seconds):
        self.seconds.setdefault((who, workload), []).append(seconds)

    def run(self, who, workload, *options, runs=1, **environment):
        found = ours(workload, *options, runs=runs, **environment)
        self.add(who, workload, found['seconds'])
        return found

    def same_work(self, workload, what, found):
        self.hashes.setdefault(workload, {})[what] = found['hash']

    def one_round(self):
        best = self.levels[-1]
        self.roofs.append(json.loads(output_of(['bench/roof'])))
        for w in WORKLOADS:
            found = self.run('ours', w, runs=3)
            self.same_work(w, best, found)
            self.peak[w] = max(self.peak.get(w, 0), found['peak_kib'])
            for who, block in USERS if w == 'W1' else ():
                self.run(who, w, '--objective', '%s:n=200,d=20,block=%d' % (os.path.abspath('bench/user.so'), block), runs=3)
            if self.numpy:
                self.add('numpy', w, numpy_seconds(self.sources, w))
            self.add('naive', w, naive_seconds(w))
            for level in self.levels[:-1]:
                self.same_work(w, level, self.run(level, w, '--isa', level))
            found = ours(w, '--jobs', '2', runs=3)
            self.add('two', w, found['best'])
            self.same_work(w, '2 workers', found)
        self.exact = self.run('exact', 'W1', '--exact', runs=3)
        self.sparse_round()

    def sparse_round(self):
        for w in self.sparse:
            rows = '--objective', 'logistic:data=%s.svm@standardise=none,start=0,ridge=0' % os.path.abspath(w)
            for level in self.levels:
                found = self.run('ours' if level == self.levels[-1] else level, w, *rows, '--isa', level,
                                 runs=3 if level == self.levels[-1] else 1)
                self.same_work(w, level, found)
                self.peak[w] = max(self.peak.get(w, 0), found['peak_kib'])
            self.add('scipy', w, scipy_seconds(self.sources, w))
            self.add('naive', w, naive_sparse_seconds(w))

    def bits(self):
        for b in BLOCKS:
            for w in WORKLOADS[:3]:
                self.same_work(w, 'blocks of %d' % b, ours(w, RATECHECK_BLOCK=str(b)))
        for w in WORKLOADS:
            self.same_work(w, '4 workers', ours(w, '--jobs', '4'))
        self.sampled = ours('W1')

    def suite(self, effort):
        start = time.monotonic()
        done = subprocess.run(['ratecheck', 'verify', '--effort', effort, '--quiet', '--format', 'json'],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if done.returncode > 1:
            fail('verify --effort %s: exit %d' % (effort, done.returncode))
        decided = sum(b'"statistic"' in line and b'"statistic":"none"' not in line for line in done.stdout.splitlines())
        self.checks[effort] = (decided, time.monotonic() - start)

    def median(self, who, workload):
        return statistics.median(self.seconds[who, workload])

    def ratio(self, who, other, workload):
        return statistics.median(a / b for a, b in zip(self.seconds[who, workload], self.seconds[other, workload]))

    def share(self, workload):
        least = sparse_bound if workload in SPARSE else bound
        return statistics.median(least(workload, r) / s for r, s in zip(self.roofs, self.seconds['ours', workload]))

    def gate(self, name, measured, least=None, most=None):
        ok = measured >= least if least is not None else measured <= most
        self.gates.append({'name': name, 'pass': bool(ok), 'measured': measured,
                           'gate': ('>= %g' % least) if least is not None else ('<= %g' % most)})

    def judge(self):
        wide = self.roofs[0]['lanes'] == 8
        if self.numpy:
            for w, gate, narrow in zip(WORKLOADS, [5, 5, 3, 3, 2], [4, 4, 2, 2, 1.1]):
                self.gate('NumPy / ours, ' + w, self.ratio('numpy', 'ours', w), gate if wide else narrow)
        for w, gate in zip(WORKLOADS, [4, 4, 10, 10, 10]):
            self.gate('naive C / ours, ' + w, self.ratio('naive', 'ours', w), gate)
        for w, gate in ('W1', 0.35), ('W3', 0.55), ('W4', 0.6), ('W5', 0.7):
            self.gate('share of the bound, ' + w, self.share(w), gate)
        for w in self.sparse:
            self.gate('SciPy / ours, ' + w, self.ratio('scipy', 'ours', w), 5)
            self.gate('naive C / ours, ' + w, self.ratio('naive', 'ours', w), 3)
            self.gate('share of the memory bandwidth, ' + w, self.share(w), 0.6)
        if self.sparse:
            self.gate("memory above that of W2 / the file's numbers, S1",
                      1024 * (self.peak['S1'] - self.peak['W2']) / bin_of('S1')[2], most=3)
        if self.levels[-1] != self.levels[0]:
            for w in 'W3', 'W5':
                self.gate('x86-64 / dispatched, ' + w, self.ratio(self.levels[0], 'ours', w), 1.5)
        self.gate('block/1 / fused, d = 20', self.ratio('block', 'ours', 'W1'), most=1.4)
        self.gate('block/1 with slopes / fused, d = 20', self.ratio('slopes', 'ours', 'W1'), most=1.4)
        self.gate('scalar oracles / fused, d = 20', self.ratio('scalar', 'ours', 'W1'), most=8)
        for w in 'W1', 'W3':
            pairs = zip(self.seconds['ours', w], self.seconds['two', w])
            self.gate('2 workers, best of %d, %s' % (self.rounds, w), max(a / b for a, b in pairs), 1.6)
        error = max(e / m for m, e in self.sampled['distance'])
        z = max(abs(m - x) / e for (m, e), (x, _) in zip(self.sampled['distance'], self.exact['distance']) if e > 0)
        self.error, self.z = error, z
        sampled = [s * (error / 0.003) ** 2 for s in self.seconds['ours', 'W1']]
        self.gate('Monte Carlo of 0.3 % / exact recursion', statistics.median(
            a / b for a, b in zip(sampled, self.seconds['exact', 'W1'])), 5)
        self.gate('exact recursion and Monte Carlo, standard errors apart', z, most=4)
        for line in output_of([sys.executable, os.path.join(self.sources, 'pipe.py')]).splitlines():
            self.gate('pipe / loop in NumPy, 128 rows, d = 100, ' + line.split(':')[0], float(line.split()[-1]), most=1.3)
        self.gate('hashes that differ', sum(len(set(h.values())) - 1 for h in self.hashes.values()), most=0)
        self.gate('peak memory of W1, MiB', self.peak['W1'] / 1024, most=64)
        if wide and processor()[1] == '26':
            for name, value in PROTOTYPE.items():
                seen = statistics.median(r[name] for r in self.roofs)
                self.gate('roof %s / prototype' % name, seen / value if name in RATES else value / seen, 0.8)

    def digest(self, name):
        with open(os.path.join(self.sources, name), 'rb') as f:
            return hashlib.sha256(f.read()).hexdigest()

    @staticmethod
    def crowd():
        if os.getloadavg()[0] < 2 * (os.cpu_count() or 1):
            return []
        return ['Others had the processors, too: what is told by the clock (2 workers) is theirs as much as ours, and all had less',
                'of the caches. A quiet machine shows more.']

    def page(self):
        model = processor()[0]
        out = ['# Speed', '', 'Made by `make bench` on %s: %s, %d processors, load %.1f while it ran; %d interleaved rounds.' % (
            datetime.date.today().isoformat(), model, os.cpu_count() or 1, os.getloadavg()[0], self.rounds), '',
            'Seconds are medians; one worker: processor time, two: the best on the clock. A ratio is the median of the ratios',
            'within a round. NumPy ran %g and naive C %g of the replicates, scaled to all of them.' % (NUMPY_SHARE, NAIVE_SHARE),
            *self.crowd(), '', '| workload | %s | 2 workers | NumPy | naive C | NumPy / ours | naive C / ours | share of the bound |' %
            ' | '.join(reversed(self.levels)), '| --- |' + ' --- |' * (len(self.levels) + 6)]
        for w in WORKLOADS:
            cells = ['%.3f' % self.median('ours', w)] + ['%.3f' % self.median(l, w) for l in reversed(self.levels[:-1])]
            cells.append('%.3f' % min(self.seconds['two', w]))
            cells.append('%.3f' % self.median('numpy', w) if self.numpy else '-')
            cells.append('%.3f' % self.median('naive', w))
            cells.append('%.2f' % self.ratio('numpy', 'ours', w) if self.numpy else '-')
            cells.append('%.2f' % self.ratio('naive', 'ours', w))
            cells.append('%.0f %%' % (100 * self.share(w)) if w != 'W2' else '-')
            out.append('| %s | %s |' % (w, ' | '.join(cells)))
        for w in self.sparse:
            cells = ['%.3f' % self.median(l, w) for l in ['ours'] + self.levels[-2::-1]] + ['-']
            cells += ['%.3f' % self.median(o, w) for o in ('scipy', 'naive')]
            cells += ['%.2f' % self.ratio(o, 'ours', w) for o in ('scipy', 'naive')] + ['%.0f %%' % (100 * self.share(w))]
            out.append('| %s | %s |' % (w, ' | '.join(cells)))
        out += ['', 'W1: least squares, n = 200, d = 20, 4096 replicates of 4096 steps. W2: n = 10, d = 2, 65536 of 1024. W3: logistic,',
                'n = 1000, d = 100, 1024 of 2048. W4: least squares, n = 1000, d = 1000, 256 of 2048. W5: logistic, n = 10000, d = 50,',
                '512 of 1024. S1, S2: logistic, sparse rows in the shape of rcv1 (20242 x 47236, 77 numbers a row), 16 of 20242, and of a9a',
                '(32561 x 123, 14 a row), 64 of 32561, beside SciPy and C on the same rows (`sparse_bench.py`, `naive_sparse.c`); the',
                'bound is that of memory: 12 bytes of an entry and a line of 64 of the point. The opponents: `np_bench.py` %s, `naive.c` %s, `oracle.c` %s (SHA-256, the first 16 digits).' %
                tuple(self.digest(f)[:16] for f in ('np_bench.py', 'naive.c', 'oracle.c')), '',
                "On W1 a user's plugin with `block/1` took %.3f s, with its slopes too %.3f s, with oracles one by one %.3f s. The exact" %
                (self.median('block', 'W1'), self.median('slopes', 'W1'), self.median('scalar', 'W1')),
                'recursion took %.4f s; the replicates give the mean of |x - x_star|^2 within a standard error of %.2f %% and are at' %
                (self.median('exact', 'W1'), 100 * self.error), 'most %.1f of them off.' % self.z, '', '## What the processor can do', '',
                '| one core | measured | prototype |', '| --- | --- | --- |']
        for name, text in ('fma_gflops', 'multiply and add, GF/s'), ('triad_l1', 'triad, first-level cache, GB/s'), (
                'triad_l2', 'triad, second level'), ('triad_l3', 'triad, third level'), ('philox_gb', 'random words, GB/s'), (
                'index_ns', 'random index, ns'), ('exp_ns', 'exp, ns'), ('softplus_ns', 'softplus, ns'):
            out.append('| %s | %.2f | %s |' % (text, statistics.median(r[name] for r in self.roofs), PROTOTYPE.get(name, '-')))
        for effort, (checks, seconds) in sorted(self.checks.items()):
            out += ['', '`verify --effort %s`: %d checks in %.0f s, %.1f a second.' % (effort, checks, seconds, checks / seconds)]
        out += ['', '## Gates', '', '| | what | measured | gate |', '| --- | --- | --- | --- |']
        out += ['| %s | %s | %.3g | %s |' % ('PASS' if g['pass'] else 'FAIL', g['name'], g['measured'], g['gate']) for g in self.gates]
        return '\n'.join(out) + '\n'

    def record(self):
        return {'date': datetime.date.today().isoformat(), 'processor': processor()[0], 'rounds': self.rounds,
                'load': os.getloadavg()[0], 'opponents': {f: self.digest(f) for f in ('np_bench.py', 'naive.c', 'oracle.c')},
                'seconds': {'%s %s' % k: v for k, v in self.seconds.items()}, 'roof': self.roofs, 'hashes': self.hashes,
                'peak_kib': self.peak, 'suites': self.checks, 'gates': self.gates}


def figure(bench, path):
    """Bars of the ratios; a dash where the gate is."""
    if not shutil.which('gnuplot'):
        print('SKIP figure: gnuplot not found')
        return
    gates = {g['name']: g['gate'].split()[1] for g in bench.gates}
    rows = []
    for w in WORKLOADS:
        cells = [w]
        for who, name in ('numpy', 'NumPy'), ('naive', 'naive C'):
            key = '%s / ours, %s' % (name, w)
            cells += ['%.4g' % bench.ratio(who, 'ours', w), gates[key]] if key in gates else ['?', '?']
        rows.append(' '.join(cells))
    script = r'''set terminal svg size 640,360 font "DejaVu Sans,12"
set output "%s"
set style data histograms
set style fill solid 0.8
set boxwidth 0.9
set yrange [0:*]
set ylabel "times as long as ratecheck"
set key top left
$data << EOD
%s
EOD
plot $data using 2:xtic(1) lc rgb "#0072B2" title "NumPy", "" using 4 lc rgb "#E69F00" title "naive C", \
  "" using ($0-1./6):3 with points pt 2 ps 0.8 lc rgb "black" title "to reach", \
  "" using ($0+1./6):5 with points pt 2 ps 0.8 lc rgb "black" notitle
''' % (path, '\n'.join(rows))
    subprocess.run(['gnuplot'], input=script, universal_newlines=True, check=True)


def main():
    p = argparse.ArgumentParser(prog='compare.py')
    p.add_argument('sources')
    p.add_argument('--rounds', type=int, default=5)
    p.add_argument('--suite', action='append', choices=['quick', 'standard'], default=[])
    p.add_argument('--output', default='.')
    a = p.parse_args()
    if a.rounds < 1:
        fail('--rounds %d: at least 1' % a.rounds)
    if not os.path.isdir(a.output):
        fail('--output %s: no such folder' % a.output)
    b = Bench(a.sources, a.rounds, a.suite)
    for number in range(a.rounds):
        print('round %d of %d' % (number + 1, a.rounds), file=sys.stderr)
        b.one_round()
    b.bits()
    for effort in a.suite:
        b.suite(effort)
    b.judge()
    page = b.page()
    with open(os.path.join(a.output, 'bench.md'), 'w') as f:
        f.write(page)
    with open(os.path.join(a.output, 'bench.json'), 'w') as f:
        json.dump(b.record(), f, indent=1, sort_keys=True)
    figure(b, os.path.join(a.output, 'bench.svg'))
    print(page)
    for g in b.gates:
        print('%s %s %.3g %s' % ('PASS' if g['pass'] else 'FAIL', g['name'], g['measured'], g['gate']))
    return 0 if all(g['pass'] for g in b.gates) else 1


sys.exit(main())
