#!/usr/bin/perl
# SPDX-License-Identifier: GPL-3.0-or-later
# The protocol of ratecheck-pipe(7) by hand: an objective, a method, and every way to break one's word (fault=).
use strict;
use warnings;

my $describe = '{"protocol": 1, "name": "bowl", "licence": "MIT", "objectives": [{"id": "bowl-pl", "title": "a round bowl",
	"summary": "a/2 |x|^2", "params": [{"name": "d", "type": "integer", "default": 3, "low": 1, "high": 1000, "doc": "dimension"},
	{"name": "a", "type": "real", "default": 1, "low": 1e-6, "high": 1e6, "doc": "curvature"},
	{"name": "fault", "type": "text", "default": "none", "doc": "what goes wrong"}]}],
	"methods": [{"id": "gd-pl-steps", "title": "gradient descent", "flags": ["span"], "params": [{"name": "fault", "type":
	"choice", "default": "none", "choices": "none|exit|short|service|sample|bytes|says", "doc": "what goes wrong"}]}]}';
my ($d, $a, $fault) = (3, 1, 'none');

sub take {
	my ($n, $text) = (shift, '');
	while (length $text < $n) {
		my $got = sysread STDIN, $text, $n - length $text, length $text;
		exit 0 unless $got;
	}
	return $text;
}

sub put {
	my $text = shift;
	while (length $text) {
		my $n = syswrite STDOUT, $text;
		exit 0 unless defined $n;
		substr $text, 0, $n, '';
	}
}

# The memory of both, here as a file.
my ($memory, $size, $shared);
sub share {
	(my $descriptor, $size) = split /:/, $ENV{RATECHECK_SHARED} // '' or return 0;
	open $memory, '+<&=', $descriptor or return 0;
	binmode $memory;
	return 1;
}

sub hear {
	my ($magic, $code, $rows, $count, $bytes) = unpack 'a4VQ<Q<Q<', take(32);
	return ($code, $rows, $count, take($bytes)) if $magic eq 'RATE';
	sysseek $memory, 0, 0;
	sysread $memory, $shared, $bytes;
	return ($code, $rows, $count, $shared);
}

sub say_ {
	my ($code, $rows, $payload, $magic) = @_;
	return put(pack 'a4VQ<Q<Q<', 'RATS', $code, $rows, 0, length $payload)
		if $magic && sysseek($memory, 0, 0) && syswrite $memory, $payload;
	put(pack('a4VQ<Q<Q<', 'RATE', $code, $rows, 0, length $payload) . $payload);
}

my %wrong = (
	exit => sub { print STDERR "something\nout of luck\n"; exit 3 },
	quiet => sub { exit 0 },
	crash => sub { kill 'SEGV', $$; sleep 9 },
	print => sub { put("debug: x is 7\n") },
	part => sub { put('RAT'); exit 0 },
	half => sub { put(pack('a4VQ<Q<Q<', 'RATE', 0, 1, 0, 8) . 'abc'); sleep 60 },
	sleep => sub { sleep 60 },
	endless => sub { put('y' x 4096 . "\n") while 1 },
	stderr => sub { print STDERR 'n' x 4096, "\n" while 1 },
	close => sub { close STDOUT; sleep 60 },
	deaf => sub { close STDIN; put("bye\n"); sleep 60 },
	huge => sub { put(pack('a4VQ<Q<Q<', 'RATE', 0, 1, 0, 1 << 60)) },
	code => sub { say_(7, 1, '') },
	short => sub { say_(0, 1, '1234') },
	says => sub { say_(1, 0, "x is out of\nmy depth") },
	'shared-unasked' => sub { put(pack('a4VQ<Q<Q<', 'RATS', 0, 1, 0, 8 * $d)) },
	'shared-huge' => sub { put(pack('a4VQ<Q<Q<', 'RATS', 0, 1, 0, 1 << 60)) },
	'shared-short' => sub { say_(0, 1, '1234', 1) },
	'shared-more' => sub { put(pack('a4VQ<Q<Q<', 'RATS', 0, 1, 0, 8 * $d) . 'and more') },
	'shared-exit' => sub { sysseek $memory, 0, 0; syswrite $memory, 'x' x 100; exit 3 },
	orphan => sub { if (!fork) { setpgrp; open STDERR, '>', '/dev/null'; sleep 77 } exit 1 },
);

sub oracle {
	my ($code, $rows, $payload) = @_;
	my @x = unpack 'd<*', $payload;
	if ($wrong{$fault} && $code == 11) {
		$wrong{$fault}->();
		return if $fault =~ /^(code|short|says|shared.*)$/;
	}
	$_ *= $a for my @g = @x;
	$g[0] = 'nan' + 0 if $fault eq 'nan';
	my @f = map { my $r = $_; my $s = 0; $s += $a / 2 * $x[$r * $d + $_] * $x[$r * $d + $_] for 0 .. $d - 1; $s } 0 .. $rows - 1;
	say_(0, $rows, pack('d<*', $code == 10 ? @f : @g), $memory);
	put("too late\n") if $fault eq 'after';
}

sub step {
	my ($rows, $payload) = @_;
	my (undef, undef, $dim, undef, $gamma) = unpack 'Q<Q<Q<d<d<', $payload;
	my (undef, $way) = unpack 'd<d<', substr $payload, 40, 16;
	my $x = substr $payload, 56;
	my $named = (qw(none exit short service sample bytes says))[$way];
	$wrong{$named}->() if $named =~ /^(exit)$/;
	return $wrong{$named}->() if $named =~ /^(short|says)$/;
	return say_(99, $rows, '') if $named eq 'service';
	return say_(71, $rows, pack('Q<', 5) . $x) if $named eq 'sample';
	return say_(64, $rows, substr $x, 8) if $named eq 'bytes';
	say_(64, $rows, $x);
	my @g = unpack 'd<*', (hear())[3];
	my @x = unpack 'd<*', $x;
	$x[$_] += -$gamma * $g[$_] for 0 .. $#x;
	say_(0, $rows, pack 'd<*', @x);
}

binmode STDIN;
binmode STDOUT;
while (1) {
	my ($code, $rows, $count, $payload) = hear();
	if ($code == 2) {
		say_(0, 0, $describe);
	} elsif ($code == 3) {
		my %given = map { split / /, $_, 2 } split /\n/, $payload;
		($d, $a, $fault) = @given{qw(d a fault)} if exists $given{objective};
		my $way = $ENV{BOWL_SHARES} || $fault;
		my $shares = $way =~ /^shared/ && $way ne 'shared-unasked' && share() ? '"shared": true, ' : '';
		if ($way eq 'shared-cut') {
			die "it can be cut\n" if truncate $memory, 4096;
			die "it can be stretched\n" if truncate $memory, 2 * $size;
			sysseek $memory, $size, 0;
			die "it can be written beyond\n" if syswrite $memory, 'x';
		}
		say_(0, 0, exists $given{method} ? '{}' : sprintf '{' . $shares . '"d": %d, "start": [%s], "constants": {"convex": 1, "L": %s, "mu": ' .
			'{"value": %s, "kind": "lower", "why": "it is a"}, "f_star": 0}, "vectors": {"x_star": [%s]}}', $d, join(',', (1) x $d),
			$a, $a, join(',', (0) x $d));
	} elsif ($code == 40) {
		say_(0, $rows, substr $payload, 56);
	} elsif ($code == 41) {
		step($rows, $payload);
	} else {
		oracle($code, $rows, $payload);
	}
}
