/* A slider of the book: the runs of the program for a range of parameters, one of them drawn. Without this script the page
 * shows three of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
'use strict';
(function () {
	const W = 640, H = 230, LOW = 110, LEFT = 58, RIGHT = 12, FLOOR = 1e-12;

	function element(name, attributes, text) {
		const e = document.createElementNS('http://www.w3.org/2000/svg', name);
		for (const key in attributes) e.setAttribute(key, attributes[key]);
		if (text !== undefined) e.textContent = text;
		return e;
	}

	function power(k) {
		const digits = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };
		return '10' + String(k).replace(/./g, c => digits[c]);
	}

	/* One scale for all runs, so that what moves is the curve. */
	function scales(data) {
		let low = Infinity, high = 0, T = 1;
		for (const run of data.runs) {
			T = Math.max(T, run.t[run.t.length - 1]);
			for (const y of run.measured.concat(run.bound))
				if (y > 0) { low = Math.min(low, y); high = Math.max(high, y); }
		}
		const first = data.runs[0].measured;
		low = Math.floor(Math.log10(Math.max(low, FLOOR)));
		high = Math.ceil(Math.log10(Math.min(high, 1e6)));
		return {
			low, high, T, rises: first[first.length - 1] > first[0], forbidden: data.lower ? [0, 1] : [1, 1.5],
			x: t => LEFT + (W - LEFT - RIGHT) * Math.log(t) / Math.log(T),
			y: v => 10 + (H - 20) * (high - Math.log10(v)) / (high - low),
			ratio: r => H + 20 + (LOW - 20) * (1 - Math.min(r, 1.5) / 1.5)
		};
	}

	function path(points) {
		let d = '', pen = false;
		for (const p of points) {
			if (!p) { pen = false; continue; }
			d += (pen ? 'L' : 'M') + p[0].toFixed(1) + ' ' + p[1].toFixed(1);
			pen = true;
		}
		return d;
	}

	function frame(svg, s) {
		const [from, to] = s.forbidden.map(s.ratio);
		svg.append(element('rect', { x: LEFT, y: to, width: W - LEFT - RIGHT, height: from - to, class: 'forbidden' }));
		for (let k = s.low; k <= s.high; k += Math.max(1, Math.ceil((s.high - s.low) / 5)))
			svg.append(element('line', { x1: LEFT, x2: W - RIGHT, y1: s.y(10 ** k), y2: s.y(10 ** k), class: 'grid' }),
				element('text', { x: LEFT - 6, y: s.y(10 ** k) + 4, 'text-anchor': 'end' }, power(k)));
		for (const r of [0, 0.5, 1, 1.5])
			svg.append(element('line', { x1: LEFT, x2: W - RIGHT, y1: s.ratio(r), y2: s.ratio(r), class: r === 1 ? 'one' : 'grid' }),
				element('text', { x: LEFT - 6, y: s.ratio(r) + 4, 'text-anchor': 'end' }, r));
		for (let t = 1; t <= s.T; t *= 4)
			svg.append(element('text', { x: s.x(t), y: H + LOW + 18, 'text-anchor': 'middle' }, t));
		svg.append(element('text', { x: W - RIGHT, y: H + LOW + 34, 'text-anchor': 'end' }, 'step t'));
		const legend = s.rises ? LEFT + 20 : W - 120;
		['measured', 'bound'].forEach((name, k) => svg.append(
			element('path', { d: `M${legend} ${20 + 18 * k}h30`, class: name }),
			element('text', { x: legend + 36, y: 24 + 18 * k }, name)));
		svg.append(element('text', { x: LEFT + 6, y: s.ratio(1.5) + 13 }, 'measured / bound'));
	}

	/* The path itself: over the graph of f, or in the plane with level curves of the quadratic; * is the minimiser. Returns how
	 * to draw a run, or null. */
	function landscape(data, figure) {
		if (!data.line && !data.plane) return null;
		const svg = element('svg', { viewBox: `0 0 ${W} 200`, role: 'img' }), count = data.line ? 1 : 2;
		const first = data.runs[0].path, start = Math.hypot(first[0], count > 1 ? first[1] : 0);
		const [from, to] = data.line || [-3.4 * start, 3.4 * start];
		const f = data.f || [], least = Math.min(...f), most = Math.max(...f);
		const x = v => LEFT + (W - LEFT - RIGHT) * (v - from) / (to - from);
		const scale = (W - LEFT - RIGHT) / (to - from); /* of both axes of a plane; its first one goes up, so that long valleys lie */
		const y = count > 1 ? v => 100 - v * scale : v => 180 - 165 * (v - least) / (most - least);
		const value = v => {
			const at = Math.max(0, Math.min(59.999, 60 * (v - from) / (to - from))), k = Math.floor(at);
			return f[k] + (at - k) * (f[k + 1] - f[k]);
		};
		if (count === 1)
			svg.append(element('path', { d: path(f.map((v, k) => [x(from + (to - from) * k / 60), y(v)])), class: 'level' }));
		else {
			for (const r of data.plane.length ? [1, 0.7, 0.4, 0.15] : [])
				svg.append(element('ellipse', { cx: x(0), cy: y(0), class: 'level', ry: scale * r * level(data.plane[0]), rx: scale * r * level(data.plane[1]) }));
			svg.append(element('text', { x: x(0), y: y(0) + 6, 'text-anchor': 'middle' }, '*'));
		}
		function level(lambda) { return Math.sqrt((data.plane[0] * first[0] ** 2 + data.plane[1] * first[1] ** 2) / lambda); }
		const line = element('path', { class: 'walk' }), dots = element('g', { class: 'dots' });
		svg.append(line, dots, element('text', { x: LEFT, y: 14 }, count > 1 ? 'the points xₜ in the plane' : 'the points xₜ on f'));
		figure.append(svg);
		return run => {
			const points = [], p = run.path || [];
			for (let k = 0; k + count <= p.length; k += count) {
				const across = p[k + count - 1], inside = across >= from && across <= to && (count === 1 || Math.abs(p[k]) * scale < 98);
				points.push(inside ? [x(across), y(count > 1 ? p[k] : value(across))] : null);
				if (!inside) break;
			}
			line.setAttribute('d', path(points));
			dots.replaceChildren(...points.filter(q => q).map((q, k) => element('circle', { cx: q[0], cy: q[1], r: k ? 3 : 5 })));
			svg.setAttribute('aria-label', points.length && !points[points.length - 1] ? 'The path leaves the picture at step ' + (points.length - 1)
				: 'The first ' + (points.length - 1) + ' steps');
		};
	}

	/* The numbers have three digits, so that nearer than that is on the bound; those below FLOOR are rounding. */
	function said(data, run) {
		const head = data.letter + ' = ' + run.value + ': ';
		const ratios = run.measured.map((m, k) => m === null ? Infinity : run.bound[k] < FLOOR ? NaN : m / run.bound[k]);
		const first = ratios.findIndex(r => data.lower ? r < 0.994 : r > 1.006);
		if (first >= 0) return head + (data.lower ? 'below' : 'above') + ' the bound at step ' + run.t[first];
		const judged = ratios.filter(r => !isNaN(r)), sharpest = data.lower ? Math.min(...judged) : Math.max(...judged);
		return head + (data.lower ? 'at least ' : 'at most ') + sharpest.toPrecision(3) + ' of the bound';
	}

	function show(figure) {
		const data = JSON.parse(figure.dataset.runs), still = figure.querySelector('img');
		for (let i = 1; i < data.runs.length; i++) data.runs[i].t = data.runs[i].t || data.runs[i - 1].t;
		const s = scales(data), svg = element('svg', { viewBox: `0 0 ${W} ${H + LOW + 40}`, role: 'img' });
		frame(svg, s);
		const bound = element('path', { class: 'bound' }), curve = element('path', { class: 'measured' }), ratio = element('path', { class: 'measured' });
		svg.append(bound, curve, ratio);
		const input = document.createElement('input'), output = document.createElement('output'), label = document.createElement('label');
		input.type = 'range';
		input.min = 0;
		input.max = data.runs.length - 1;
		input.value = Math.floor(data.runs.length / 2);
		output.setAttribute('aria-live', 'polite');
		label.append(data.letter + ' ', input);
		const walk = landscape(data, figure);
		function draw() {
			const run = data.runs[input.value], seen = v => v !== null && v >= 10 ** s.low && v <= 10 ** s.high;
			const on = list => path(run.t.map((t, k) => seen(list[k]) && [s.x(t), s.y(list[k])]));
			bound.setAttribute('d', on(run.bound));
			curve.setAttribute('d', on(run.measured));
			ratio.setAttribute('d', path(run.t.map((t, k) => run.measured[k] !== null && run.bound[k] >= FLOOR &&
				[s.x(t), s.ratio(run.measured[k] / run.bound[k])])));
			if (walk) walk(run);
			output.textContent = said(data, run);
			input.setAttribute('aria-valuetext', output.textContent);
			svg.setAttribute('aria-label', data.quantity + ', measured and bound. ' + output.textContent);
		}
		input.addEventListener('input', draw);
		still.replaceWith(svg);
		figure.prepend(label, output);
		draw();
	}

	for (const figure of document.querySelectorAll('.slider')) show(figure);
}());
