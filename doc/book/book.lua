-- The book: takes the woven Markdown of all chapters as one document, puts in what the run found (numbers, tables,
-- figures, index), numbers the theorems and figures, links what refers to them. Metadata: `run` (results folder),
-- `classes` (ratecheck list theorems --json), `bibliography`.
-- Any mistake of the text stops it: an unknown key, theorem or figure, a solution without its exercise.
--
-- SPDX-License-Identifier: GPL-3.0-or-later
package.path = package.path .. ';/usr/share/lua/5.3/?.lua'
local found, json = pcall(require, 'dkjson')
assert(found, 'book.lua: the Lua module dkjson is missing (Debian: apt install lua-dkjson)')
local folder = PANDOC_SCRIPT_FILE:gsub('[^/]*$', '')
local tex, declarations = dofile(folder .. 'unicode.lua')

local function stop(format, ...)
	io.stderr:write('book: ' .. format:format(...) .. '\n')
	os.exit(1)
end

local function contents(path)
	local file = io.open(path) or stop('%s: cannot read', path)
	local all = file:read('a')
	file:close()
	return all
end

local function lines_of(path) return contents(path):gmatch('[^\n]+') end

local function exists(path)
	local file = io.open(path)
	return file and file:close() or false
end

local text_of = pandoc.utils.stringify

---------------------------------------------------------------------------------------------------- what the run found

local run, gallery, class, results = nil, nil, {}, {} -- results[theorem] = list of result lines, in plan order

local function read_run(meta)
	run, gallery = text_of(meta.run), text_of(meta.gallery)
	for line in lines_of(text_of(meta.classes)) do
		local c = json.decode(line) or stop('%s: not JSON', text_of(meta.classes))
		class[c.id] = c
		results[c.id] = {}
	end
	local listed_of = {}
	for line in lines_of(run .. '/results.jsonl') do
		local r = json.decode(line) or stop('%s/results.jsonl: not JSON', run)
		local nth = listed_of[r.theorem] or {}
		listed_of[r.theorem] = nth
		nth[r.role or ''] = (nth[r.role or ''] or 0) + 1
		r.listed = nth[r.role or '']
		if results[r.theorem] and r.verdict ~= 'not-applicable' then
			table.insert(results[r.theorem], r)
		end
	end
end

-- The line with the largest measured/bound among those of one role (and, for {{id@name.field}}, one objective).
local function sharpest(id, role, name)
	local best
	for _, r in ipairs(results[id]) do
		if (r.role == 'control') == (role == 'control') and (not name or (r.objective or ''):match('^[%w-]+') == name) then
			if not best or (r.max_ratio or -1) > (best.max_ratio or -1) then
				best = r
			end
		end
	end
	return best
end

local function count(id, test)
	local n = 0
	for _, r in ipairs(results[id]) do
		n = n + (test(r) and 1 or 0)
	end
	return n
end

local function control(r) return r.role == 'control' end

local function number(x)
	if math.type(x) == 'integer' then
		return tostring(x)
	end
	return (('%.4g'):format(x):gsub('e([+-])0*', 'e%1'):gsub('e%+', 'e'))
end

local summary = {
	checks = function(id) return count(id, function(r) return not control(r) end) end,
	held = function(id) return count(id, function(r) return not control(r) and r.verdict == 'holds' end) end,
	controls = function(id) return count(id, control) end,
	controls_refuted = function(id) return count(id, function(r) return control(r) and r.verdict == 'refuted' end) end,
}

local label = {} -- label[theorem] = "Theorem 2.1", filled in by the numbering

-- The k-th sharp instance or control of a theorem, as its file lists them.
local function listed(id, role, k)
	for _, r in ipairs(results[id]) do
		if r.role == role and r.listed == k then
			return r
		end
	end
end

local kept, used = {}, {} -- numbers.tsv: what the prose says without a run; and what this book has filled in

local function read_kept(path)
	for line in lines_of(path) do
		local key, value = line:match('^([^\t]+)\t(.*)$')
		kept[key or stop('%s: %s: not KEY, tab, VALUE', path, line)] = value
	end
end

-- {{theorem.field}}: of the sharpest check; {{theorem@objective.field}}: of those on an objective; {{theorem#2.field}}: of the
-- second sharp instance; {{theorem!2.field}}: of the second control; {{theorem.field:3}}: three digits;
-- {{theorem.number}}: its number in the book.
local function value_of(key, where)
	local id, kind, name, field, digits = key:match('^([%w-]+)([@#!]?)([%w-]*)%.([%w_]+):?(%d*)$')
	if not id or not results[id] then
		stop('%s: {{%s}}: no such theorem; write {{theorem-id.field}}', where, key)
	end
	if field == 'number' then
		return label[id]
	end
	local r
	if kind == '#' or kind == '!' then
		r = listed(id, kind == '#' and 'sharp' or 'control', tonumber(name))
	else
		r = sharpest(id, 'instance', name ~= '' and name or nil)
	end
	local v = r and r[field]
	if summary[field] then
		v = summary[field](id)
	end
	if v == nil or v == json.null or type(v) == 'table' then
		stop('%s: {{%s}}: the run has no such value', where, key)
	end
	v = type(v) ~= 'number' and tostring(v) or digits ~= '' and ('%.' .. digits .. 'g'):format(v) or number(v)
	used[key] = v
	if next(kept) and kept[key] ~= v then
		stop('%s: {{%s}} is %s in this run, and %s in doc/numbers.tsv; if the run is right: make numbers', where, key, v, kept[key] or 'missing')
	end
	return v
end

local function with_values(where)
	local function fill(s) return (s:gsub('{{(.-)}}', function(key) return value_of(key, where) end)) end
	local function element(e)
		if e.text:find('{{', 1, true) then
			e.text = fill(e.text)
			return e
		end
	end
	return { Str = element, Math = element, Code = element }
end

------------------------------------------------------------------------------------------------------- small builders

local function math_of(s) return pandoc.Math('InlineMath', tex(s)) end
local function words(s) return pandoc.Inlines(s) end
local function plain(...)
	local all = pandoc.Inlines {}
	for _, x in ipairs { ... } do
		if type(x) == 'string' then
			all:extend(words(x))
		elseif x.t then
			all:insert(x)
		else
			all:extend(x)
		end
	end
	return pandoc.Plain(all)
end

-- rows: lists of Plain blocks; the first column may be a header.
local function table_of(head, rows, widths)
	local aligns = {}
	for i = 1, #widths do
		aligns[i] = 'AlignLeft'
	end
	local simple = pandoc.SimpleTable({}, aligns, widths, head, rows)
	return pandoc.utils.from_simple_table(simple)
end

local function short(spec)
	spec = spec:gsub('([=,:/])(%-?[%d.]+e?[-+]?%d*)', function(before, n)
		local x = tonumber(n)
		return #n > 7 and x and before .. ('%.4g'):format(x) or before .. n
	end)
	return spec
end

-- The same without loss, for a command that is run again: a step that is rounded up may leave the theorem's range.
local function shortest(spec)
	return (spec:gsub('([=,:/|])(%-?[%d.]+e?[-+]?%d*)', function(before, n)
		local x = tonumber(n)
		for digits = 4, 17 do
			local text = ('%%.%dg'):format(digits):format(x or 0)
			if x and #text < #n and tonumber(text) == x then
				return before .. text
			end
		end
	end))
end

local function spec_code(spec)
	spec = short(spec or '')
	return pandoc.Code(#spec > 90 and spec:sub(1, 87) .. '…' or spec)
end

---------------------------------------------------------------------------------------------------- the page's tables

local needs = { -- plain text with maths between bars, in words that need no context
	convex = '|f| convex', mu = '|f| |μ|-strongly convex', L = '|f| |L|-smooth', L_max = 'every |f_i| |L_max|-smooth',
	pl = '|‖∇f‖² ≥ 2μ(f − f*)|', G = 'subgradients bounded by |G|', x_star = 'a minimiser |x*|', f_star = '|f*| finite',
	interpolation = 'one |x*| minimises every |f_i|', L_2 = 'Hessian |L_2|-Lipschitz', ['finite-sum/1'] = 'a finite sum',
	sigma_star2 = '|σ*²|: noise of the gradients at |x*|', grad_star2 = '|∇f(x*)|', ell = '|ℓ|-cocoercive about |x*|', sigma_F2 = '|σ_F²|: variance of the gradients at |x*|',
	Delta_star = '|Δ* = f*| minus the mean of |inf f_i|', strong_growth = 'strong growth with |ρ|',
	noise2 = 'noise of variance at most |σ²|', noise_max = 'bounded noise', noise_additive = 'additive noise',
	noise_subgauss = 'sub-Gaussian noise', diameter = 'a bounded feasible set', ['no composite'] = 'no |h|',
	composite = '|F = f + h|', ['whole space'] = 'no constraints', prox = 'a prox that can be computed',
	mu_g = 'the strong convexity of what is proxed', L0 = '|(L_0, L_1)|-smooth', L1 = '|(L_0, L_1)|-smooth',
	online = 'an online problem', box = 'a box', G_inf = '|‖∇f‖| bounded in each coordinate', L_mean = 'the mean of |L_i|',
	mu_min = 'every |f_i| |μ_min|-strongly convex', G_mean = 'the mean of |G_i|', F_star = '|F*| finite',
	chain = 'the chain of quadratics', drori = 'the envelope made for |N| steps', harvey = 'the maximum made for |T| steps',
	minimax = 'the maximum made for |T| steps', krylov_convex = 'the quadratic made for |N| steps',
	krylov_sc = 'the quadratic made for |N| steps', cycle = 'the cycle of losses with slope |C|',
	growth = 'the cycle of losses whose slopes grow', rounds = 'one loss a round', stationary = 'losses that do not change',
	['hessian/1'] = 'a Hessian', ['definite Hessian'] = '|∇²f(x_0) ≻ 0|', L_coord = '|L_j|-smooth along each coordinate', L_var_coord = 'every |f_i| quadratic, |ℓ| known', separable = 'a separable |h|',
	['composition/1'] = '|f_i = h_i ∘ c_i|', ['one term'] = 'a single term', rho_weak = '|f| |ϱ|-weakly convex',
	rho_terms = 'every |f_i| |ϱ|-weakly convex', rho_model = 'models that exceed |f| by at most |ϱ‖y − x‖²/2|',
	['quadratic terms'] = 'every |f_i| quadratic', noise_M = 'noise of variance at most |M + M_V ‖∇f‖²|',
	noise_MV = 'noise of variance at most |M + M_V ‖∇f‖²|', lambda_1 = 'the largest eigenvalue |λ_1|', lambda_2 = 'the next eigenvalue |λ_2|',
	discs = 'a product of discs', field = 'a vector field |V|', skew = '|V| skew: |⟨V(x) − V(y), x − y⟩ = 0|', monotone = '|V| monotone',
	sigma_min = '|‖V(x) − V(y)‖ ≥ σ_min ‖x − y‖|', L_metric = '|f| |L_B|-smooth in the metric |B|',
	mu_metric = '|f| |μ_B|-strongly convex in the metric |B|', metric_most = 'the largest eigenvalue of |B|',
	metric_least = 'the least eigenvalue of |B|', metric_rank = 'the metric |B| known', D2_metric = '|‖x_0 − x*‖_B| known',
	mu_h = '|h| |μ_h|-strongly convex', difference = 'what the proxy leaves out is smooth', pl_F = 'a gradient-dominated |F|',
	set_center = 'a set with a known centre', log_volume = 'a set with a known volume', square_simplex = 'the squared norm on the simplex',
	loss_range = 'losses whose entries differ by at most |R|', simplex = 'the simplex', rows = 'equations, a row each', features = 'features of a kernel',
	weight2 = 'weights with a known mean square', weight2_shift = 'weights with a known mean square', even = '|f| even about |x*|',
	tent = 'the tent made for |T| steps', newton_cubes = 'the function whose Newton steps cube', newton_cycle = 'the function with a two-cycle of Newton',
	sigma_by_L = 'draws by |L_i|', self_concordant = '|f| self-concordant', mu_star = '|∇²f(x*) ≥ μ|',
	['ball.radius'] = 'a radius |δ|', ['ball.gap'] = '|f_δ(x_0) − inf f_δ| known', ['smoothing/1'] = '|f| averaged over balls',
	['normal.range'] = 'values of |f| within |M|', ['normal.sigma'] = 'a width |σ|', ['normal.gap'] = '|f_σ(x_0) − inf f_σ| known',
	['tiles.size'] = '|f| a sum over blocks of |k| coordinates', ['lmo/1'] = 'a bounded set',
	['bandit.spread'] = 'a bandit', ['bandit.arms'] = 'a bandit', ['mdp.stages'] = 'a decision process of |H| stages', ['mdp.actions'] = 'a decision process', ['mdp.reward'] = 'rewards in |[0, R]|',
	['lock.stages'] = 'a lock of |H| digits', ['policy.gap'] = 'two arms', ['policy.horizon'] = 'a bit kept |H| times', ['policy.ratio'] = 'a policy with one number', ['quantities/1'] = 'quantities of its own',
	['estimator.kappa'] = 'an estimator with a known second moment',
	['players.first'] = 'two players', ['bilevel.lambda'] = 'two levels', ['bilevel.unique'] = 'one lower solution',
	['bilevel.mu_g'] = 'two levels', ['bilevel.L_g'] = 'two levels', ['bilevel.m'] = 'two levels', ['bilevel.l_y'] = 'two levels',
	['bilevel.l_x'] = 'two levels', ['bilevel.M'] = 'two levels', ['bilevel.Lambda'] = 'two levels', ['bilevel.S'] = 'two levels',
	['bilevel.C'] = 'two levels', ['bilevel.Q'] = 'two levels', ['bilevel.B'] = 'two levels', ['bilevel.x_lambda'] = 'two levels',
	['bilevel.x_hyper'] = 'two levels', ['bilevel.variance_f'] = 'two levels', ['bilevel.variance_g'] = 'two levels', ['bilevel.shared'] = 'two levels',
	['blocks.count'] = 'blocks', ['blocks.copies'] = 'blocks', ['blocks.C'] = 'blocks |C|-smooth', ['blocks.sigma2'] = 'block noise |≤ σ²|',
	['vi.width'] = 'a normal law that is fitted', ['vi.landing'] = 'a normal law that is fitted',
	['strata.roots'] = 'groups of samples', ['strata.spare'] = 'groups of samples',
	['chain.levels'] = 'estimates from a Markov chain', ['chain.rho'] = 'estimates from a Markov chain', ['chain.sigma'] = 'estimates from a Markov chain',
	['chain.offset'] = 'estimates from a Markov chain', ['chain.fixed'] = 'estimates from a Markov chain', ['chain.mean'] = 'estimates from a Markov chain',
	['risk.nu'] = 'losses under weights with a penalty', ['risk.mu'] = 'a ridge |μ|', ['risk.L'] = 'losses |L|-smooth', ['risk.G'] = 'losses with slopes |≤ G|',
	['risk.G2'] = 'losses with slopes |≤ G_i|', ['risk.cap'] = 'weights at most |c|', ['risk.n'] = '|n| losses', ['risk.pair'] = 'the losses |Gx| and |−Gx|',
	['coins.rounds'] = 'experts about a coin', ['features.l1'] = 'features |x| with Gaussian moments', ['features.l2'] = 'features |x| with Gaussian moments',
	['features.l3'] = 'features |x| with Gaussian moments', ['features.l4'] = 'features |x| with Gaussian moments', ['features.s2'] = 'features |x| with Gaussian moments',
	['lines.slope'] = 'lines of mean slope |c|', ['matrix.n'] = 'symmetric matrices', ['matrix.spike'] = 'symmetric matrices',
	['normal.scale'] = 'Gaussian data', ['power-law.a'] = 'power laws', ['power-law.b'] = 'power laws', ['power-law.scale'] = 'power laws',
	['relu-teacher.length'] = 'a filter |w*|', ['two-rows.s'] = 'two rows |(1, ±s)|',
	['stable.alpha'] = '|α|-stable noise', ['stable.scale'] = '|α|-stable noise',
	['risk/1'] = 'a risk of losses', tail_alpha = 'noise with a moment of order |α|', tail_sigma = 'noise with a moment of order |α|',
	['group.lambda'] = 'lengths of groups', ['group.size'] = 'lengths of groups', inverse_margin = 'groups that are 0 at |x*| by a margin', inverse_least = 'support of |x*| known',
	['noise.normal'] = 'normal noise', ['squares.tug'] = 'the three losses of the theorem', ['network/1'] = 'agents on a network', ['network.agents'] = '|N| agents', ['network.lambda_2'] = 'mixing by |W|',
	['network.lambda_n'] = 'mixing by |W|', ['network.rho'] = 'mixing by |W|', ['network.L'] = '|f| |L|-smooth',
	['network.L_rms'] = 'every |f^i| |L_i|-smooth', ['network.g1'] = 'the gradients of the agents at |x*|',
	['network.g2'] = 'the gradients of the agents at |x*|', ['network.common'] = 'one Hessian for all agents',
	['network.nu'] = 'one Hessian, which bends down by |ν|',
	stochastic = 'gradients with noise', two_points = 'noise of two values', median = 'parabolas about centres with a median',
}
local greek = { alpha = 'α', delta = 'δ', theta = 'θ', gamma = 'γ', mu = 'μ', beta = 'β', eta = 'η', rho = 'ρ', sigma = 'σ', lambda = 'λ', kappa = 'κ', tau = 'τ',
	nu = 'ν', pi = 'π', eps = 'ε' }

local relation = { ['lower-bound'] = '≥', ['non-convergence'] = '≥', divergence = '>', identity = '=' }
local how = {
	regret = 'on every path', expectation = 'in the mean',
	['high-probability'] = 'with probability 1 − δ', ['lower-bound'] = 'from below', ['non-convergence'] = 'from below',
	divergence = 'a false bound, exceeded', identity = 'identity',
}

local function claim(id)
	local c, r = class[id], results[id][1]
	if not r or (r.quantity or '') == '' or c.formula == '' then
		return words(c.statement)
	end
	return pandoc.Inlines { math_of(r.quantity .. ' ' .. (relation[c.kind] or '≤') .. ' ' .. c.formula) }
end

local function with_math(text)
	local out = pandoc.Inlines {}
	for before, formula in (text .. '||'):gmatch('([^|]*)|([^|]*)|') do
		out:extend(words(before))
		if formula ~= '' then
			out:insert(math_of(formula))
		end
	end
	return out
end

-- "0 < gamma <= 1/L; the steps are ..." of a parameter's description
local function range_of(p)
	local range = (p.doc or ''):match('^step size, ([^;]*)')
	if range and range:match('[<>=]') then
		range = range:gsub('<=', '≤'):gsub('>=', '≥'):gsub('%f[%a]%a+', greek)
		return '|' .. range .. '|'
	end
end

local function assumed(c)
	local seen, out = {}, {}
	local function add(text)
		if text and not seen[text] then
			seen[text] = true
			table.insert(out, text)
		end
	end
	local has = pandoc.List(c.hypotheses or {})
	for _, need in ipairs(has) do
		if need ~= 'f_star' or not has:includes 'x_star' then -- a minimiser has a value
			add(needs[need] or stop('%s: needs %s, which the book has no words for', c.id, need))
		end
	end
	for _, p in ipairs(c.parameters or {}) do
		add(range_of(p))
	end
	return #out > 0 and with_math(table.concat(out, '; ')) or words('no more than the statement says')
end

local function verdict(id)
	local n, held = summary.checks(id), summary.held(id)
	if n == 0 then
		return 'not run'
	end
	if held < n then
		return ('fails on %d of %d'):format(n - held, n)
	end
	return n == 1 and 'holds on 1 instance' or ('holds on all %d instances'):format(n)
end

local function ratio(id)
	local r = sharpest(id, 'instance')
	return r and r.max_ratio and r.max_ratio ~= json.null and number(r.max_ratio) or '–'
end

local function how_sharp(id)
	local c, r = class[id], sharpest(id, 'instance')
	if r and c.kind == 'identity' then
		return words(r.verdict == 'holds' and 'both sides agree to rounding' or 'the sides differ')
	end
	if not r or type(r.max_ratio) ~= 'number' then
		return words('nothing measured')
	end
	local out = words((c.kind == 'divergence' and 'measured/bound reaches ' or 'measured/bound at most ') .. number(r.max_ratio))
	if relation[c.kind] == '≥' then
		out = words('bound/measured at most ' .. number(r.max_ratio))
	end
	if c.kind ~= 'divergence' and r.max_ratio > 0.9995 then
		out:extend(words(': attained'))
	end
	if (r.objective or '') ~= '' then
		out:extend(words(', on '))
		out:insert(pandoc.Code((r.objective:match('^[^:+]+'))))
	end
	if (r.at_step or 0) > 0 and r.statistic ~= 'points' then
		out:extend(words((' at t = %d'):format(r.at_step)))
	end
	return out
end

-- The words of a control, written for terminals: "rate T^-3/2 instead of T^-1", "(1 + lambda_N)/L". What is a formula is set
-- as one: a word with ^ or _, with the bracket that it stands in, and the names of Greek letters.
local function note_of(r)
	local out, rest = pandoc.Inlines {}, type(r.note) == 'string' and r.note or 'a false claim'
	while rest ~= '' do
		local blank, piece = rest:match('^(%s*)(%S*)')
		rest = rest:sub(#blank + #piece + 1)
		if blank ~= '' then
			out:insert(pandoc.Space())
		end
		local function open(s) return #s:gsub('[^(]', '') > #s:gsub('[^)]', '') end
		while open(piece) and rest:find('%S') do
			local more = rest:match('^%s*%S*')
			piece, rest = piece .. more, rest:sub(#more + 1)
		end
		local formula, mark = piece:match('^(.-)([,:;.]*)$')
		local sign = greek[formula:match('%a+')]
		if not open(formula) and (formula:find('[_^]') or sign) then
			formula = formula:gsub('%f[%a](%a+)(%d)', '%1_%2'):gsub('%f[%a]%a+', greek):gsub('%^(%-%d+/%d+)', '^(%1)')
				:gsub('%^(%-?[%w.]+)', '^(%1)'):gsub('%-', '−')
			out:insert(math_of(formula))
			out:extend(words(mark))
		else
			out:extend(words(piece))
		end
	end
	return out
end

-- What was made false, and what came of it.
local function broken_by(id)
	local out = pandoc.Inlines {}
	for _, r in ipairs(results[id]) do
		if control(r) then
			out:extend(#out > 0 and words('; ') or {})
			out:extend(note_of(r) .. words(r.verdict == 'refuted' and ': refuted' or ': NOT refuted'))
		end
	end
	return #out > 0 and out or words('no control: see the text')
end

-- What D and R are in the short formula of a theorem, unless its statement says so: on a box the side; else the distance at
-- the start, written as the statement or the measured quantity has it.
local function letters(c)
	local out, said = {}, c.statement or ''
	local quantity = results[c.id][1] and results[c.id][1].quantity or ''
	local has = pandoc.List(c.hypotheses or {})
	local start = said:match('‖[^‖%s]-_0 − [^‖%s]-‖') or
		(quantity:match('‖[^‖%s]-_t − [^‖%s]-‖') or ''):gsub('_t', '_0')
	if start == '' then
		start = has:includes 'x_star' and '‖x_0 − x*‖'
	end
	for _, letter in ipairs { 'D', 'R' } do
		local formula = (' ' .. (c.formula or '') .. ' '):gsub('‖' .. letter, ''):gsub(letter .. '‖', ''):gsub(letter .. '%(', '')
		local defined = false
		for _, words_of in ipairs { '%s = ', ', %s]', '‖ ≤ %s:', '= %s:', 'return %s', 'within %s of', 'side %s', '%s and G in' } do
			defined = defined or said:find(words_of:format(letter), 1, true)
		end
		if not formula:find('[^%a_]' .. letter .. '[^%a_]') then
			-- not in it
		elseif letter == 'D' and has:includes 'box' then
			table.insert(out, ', |D| the side of the box')
		elseif not defined and start then
			local metric = formula:find(letter .. '²_B') and '_B' or ''
			table.insert(out, (', |%s%s = %s%s|'):format(letter, metric, start, metric))
		end
	end
	return with_math(table.concat(out))
end

local function glance(ids)
	local blocks = {}
	for _, id in ipairs(ids) do
		local rows, c = {}, class[id]
		local function row(head, body)
			table.insert(rows, { { plain(pandoc.Strong(words(head))) }, { plain(body) } })
		end
		if #ids > 1 then
			row(label[id], pandoc.Inlines { pandoc.Code(id) })
		end
		row('Assumed', assumed(c))
		row('Claimed', claim(id) .. words(how[c.kind] and ', ' .. how[c.kind] or '') .. letters(c))
		row('Measured', words(verdict(id) .. '; ') .. how_sharp(id))
		row('What breaks it', broken_by(id))
		row('Run it', pandoc.Inlines { pandoc.Code('ratecheck verify ' .. id) })
		table.insert(blocks, table_of({}, rows, { 0.2, 0.8 }))
	end
	return pandoc.Div(blocks, pandoc.Attr('', { 'glance' }))
end

-- For a page with many small claims: one line each.
local function glance_short(ids)
	local rows = {}
	for _, id in ipairs(ids) do
		table.insert(rows, { { plain(pandoc.Link(words(label[id]), '#' .. id)) }, { plain(pandoc.Code(id)) },
			{ plain(verdict(id)) }, { plain(ratio(id)) },
			{ plain(('%d of %d'):format(summary.controls_refuted(id), summary.controls(id))) } })
	end
	local head = { { plain('number') }, { plain('run by the name') }, { plain('verdict') }, { plain('largest ratio') },
		{ plain('controls refuted') } }
	return pandoc.Div({ table_of(head, rows, { 0.18, 0.32, 0.22, 0.14, 0.14 }) }, pandoc.Attr('', { 'glance', 'short' }))
end

------------------------------------------------------------------------------------------------------------- figures

local figures = {} -- number of figures of each chapter
local wanted = {}  -- files that the pages show: copied beside them

-- TeX finds the PDF of that name in the folders of the run and of the gallery.
local function image(name, alt)
	table.insert(wanted, name)
	return pandoc.Image({}, FORMAT == 'latex' and name .. '.pdf' or 'figures/' .. name .. '.svg', '',
		pandoc.Attr('', {}, { alt = alt }))
end

-- A Div in HTML, an environment in LaTeX.
local function framed(environment, classes, blocks)
	if FORMAT == 'latex' then
		table.insert(blocks, 1, pandoc.RawBlock('latex', '\\begin{' .. environment .. '}'))
		table.insert(blocks, pandoc.RawBlock('latex', '\\end{' .. environment .. '}'))
	end
	return pandoc.Div(blocks, pandoc.Attr('', classes))
end

-- One numbered figure of one or two pictures side by side.
local function figure(chapter, pictures, caption)
	figures[chapter] = (figures[chapter] or 0) + 1
	local head = ('Figure %d.%d. '):format(chapter, figures[chapter])
	local body = pandoc.Inlines { pandoc.Strong(words(head)), pandoc.Space() } .. caption
	local inlines = pandoc.Inlines {}
	for i, p in ipairs(pictures) do
		if FORMAT == 'latex' then
			p.attributes.width = #pictures > 1 and '49%' or '60%'
			p.attributes.alt = nil
		end
		inlines:insert(p)
	end
	return framed('pictures', { 'figure', 'n' .. #pictures }, { pandoc.Plain(inlines), pandoc.Para(body) })
end

-- "![alt](name)" of the gallery: the picture in the format of the book.
local function gallery_image(e)
	if not e.src:find('.', 1, true) then
		local picture = image(e.src, text_of(e.caption))
		if FORMAT == 'latex' then
			picture.attributes = { width = e.src:match '^drawing' and '60%' or e.src:match '^slider' and '100%' or '80%' }
		end
		return picture
	end
end

-- "![alt](slider-NAME)" alone: in a browser the runs are there to be moved, on paper three of them are side by side.
local function gallery_slider(e)
	local picture = #e.content == 1 and e.content[1].t == 'Image' and e.content[1]
	if not picture or not picture.src:match '^slider%-' or FORMAT == 'latex' then
		return nil
	end
	local runs = io.open(gallery .. '/' .. picture.src .. '.json')
	if not runs then
		io.stderr:write(('book: %s/%s.json is missing\n'):format(gallery, picture.src))
		return nil
	end
	local text = runs:read 'a'
	runs:close()
	return pandoc.Div({ pandoc.Plain { gallery_image(picture) }, pandoc.RawBlock('html', '<script src="slider.js" defer></script>') },
		pandoc.Attr('', { 'slider' }, { runs = text:gsub('%s+$', '') }))
end

local function drawn(name) return exists(run .. '/figures/' .. name .. '.svg') end

local function curve_alt(r)
	return ('%s: %s measured, solid, against the bound %s, dashed, up to t = %d; largest ratio %s'):format(
		control(r) and 'Control' or r.theorem, r.quantity, r.formula, r.steps or 0,
		type(r.max_ratio) == 'number' and number(r.max_ratio) or 'unknown')
end

local function with_curve(id, role)
	local best
	for _, r in ipairs(results[id]) do
		if control(r) == (role == 'control') and drawn(r.check) and (not best or (r.max_ratio or 0) > (best.max_ratio or 0)) then
			best = r
		end
	end
	return best
end

local function curves_of(chapter, id)
	local r, c = with_curve(id, 'instance'), with_curve(id, 'control')
	if not r then
		return {}
	end
	local pictures = { image(r.check, curve_alt(r)) }
	local caption = words(label[id] .. ' on ') .. pandoc.Inlines { spec_code(r.brief or r.objective) } ..
		words(class[id].kind == 'identity' and ': the sides differ by rounding.' or (': ratio %s.'):format(number(r.max_ratio or 0)))
	if c then
		table.insert(pictures, image(c.check, curve_alt(c)))
		caption:extend(words(' Beside it a control, ') .. note_of(c) .. words((': %s.'):format(c.verdict)))
	end
	return { figure(chapter, pictures, caption) }
end

-- Two theorems a figure.
local function summaries_of(chapter, ids)
	local out, drawn_ids = {}, pandoc.List(ids):filter(drawn)
	for i = 1, #drawn_ids, 2 do
		local pictures, names = {}, {}
		for k = i, math.min(i + 1, #drawn_ids) do
			local id = drawn_ids[k]
			table.insert(names, label[id])
			table.insert(pictures, image(id, ('%s: the largest ratio of measured to bound on each instance; it %s')
				:format(id, verdict(id))))
		end
		table.insert(out, figure(chapter, pictures, words(table.concat(names, ' and ') ..
			' on everything run: the largest ratio of measured to bound, one point an instance.')))
	end
	return out
end

-- The instances made for all horizons under one bound.
local function envelopes_of(chapter, ids)
	local out = pandoc.List {}
	for _, id in ipairs(ids) do
		if exists(gallery .. '/' .. id .. '_envelope.svg') then
			out:insert(figure(chapter, { image(id .. '_envelope', id .. ': the curves of instances made for T = 4, 8, 16 and so on, each ending on or near the bound') },
				words('The envelope of ' .. label[id] .. ': each curve is measured on an instance made for its own last step T = 4, 8, …; the bound is what their ends leave free.')))
		end
	end
	return out
end

-- A theorem's own figure: figures.table of the gallery has its texts and its runs.
local own = {} -- own[theorem] = { alt =, caption =, command = of its first run }

-- What a row of a run or of a sweep runs first.
local function first_run(key, row)
	local values, arguments = '', row:match('^[^\t]*\t(.*)$') or ''
	if key == 'sweep' then
		values, arguments = arguments:match('^(%S+)[^\t]*\t(.*)$')
	end
	local one, two = values:match('^([^|]*)|?(.*)$')
	return (arguments:gsub('@@', function() return two end):gsub('@', function() return one end))
end

local function read_own(path)
	local row
	for line in lines_of(path) do
		local key, value = line:match('^(%a+)\t(.*)$')
		if key == 'at' then
			row = {}
			own[value] = row
		elseif row and (key == 'alt' or key == 'caption') then
			row[key] = value
		elseif row and not row.command and (key == 'run' or key == 'sweep') then
			row.command = shortest('ratecheck verify ' .. first_run(key, value))
		end
	end
end

read_own(folder .. 'gallery/figures.table')

local link_ids -- further down

local function own_figures(chapter, ids)
	local out = pandoc.List {}
	for _, id in ipairs(ids) do
		if own[id] then
			if not exists(gallery .. '/at-' .. id .. '.svg') then
				stop('%s/at-%s.svg is missing: make gallery', gallery, id)
			end
			local caption = pandoc.read(own[id].caption, 'markdown').blocks[1].content
			out:insert(pandoc.walk_block(figure(chapter, { image('at-' .. id, own[id].alt) }, caption), link_ids {}))
			if own[id].command then
				out:insert(pandoc.CodeBlock(own[id].command, pandoc.Attr('', { 'shell' })))
			end
		end
	end
	return out
end

------------------------------------------------------------------------------------------------------ exact worst cases

local worst = folder .. '../../data/exact' -- as `make exact-table` makes it: exact.jsonl, and proofs in exact/
local worst_rows = {} -- worst_rows[theorem] = its lines of exact.jsonl

for line in exists(worst .. '.jsonl') and lines_of(worst .. '.jsonl') or function() end do
	local r = json.decode(line) or stop('%s.jsonl: not JSON', worst)
	worst_rows[r.theorem] = worst_rows[r.theorem] or {}
	table.insert(worst_rows[r.theorem], r)
end

-- "|x0 - x*|^2 <= 1", as the program writes it
local function start_in_signs(s)
	return (s:gsub('|x0 %- x%*|%^2', '‖x_0 − x*‖²'):gsub('|grad f%(x0%)|%^2', '‖∇f(x_0)‖²'):gsub('f%(x0%) %- f%*', 'f(x_0) − f*'):gsub('<=', '≤')
		:gsub('sigma%*%^2', 'σ*²'))
end

local function cells(...)
	local row = {}
	for i, text in ipairs { ... } do
		row[i] = { plain(text) }
	end
	return row
end

-- "pair 0 1 2 3/4" of a proof: what the inequality says, and its weight.
local function inequality(entry, proof)
	local kind, group, i, j, p, q = entry:match('^(%a+) (%d+) (%d+) (%d+) (%d+)/?(%d*)$')
	if not kind then
		return nil
	end
	local f = proof.model.functions[tonumber(group) + 1]
	local letter = #proof.model.functions > 1 and tonumber(group) == #proof.model.functions - 1 and
		proof.about.functions:find('plus h', 1, true) and 'h' or 'f'
	local function point(k)
		k = tonumber(k)
		return k == f.star and '*' or tostring(f.star >= 0 and k > f.star and k - 1 or k)
	end
	local a, b = point(i), point(j)
	local said = {
		pair = ('%s(%s) ≥ %s(%s) + …'):format(letter, a, letter, b),
		bound = ('‖g(%s)‖ ≤ G'):format(a),
		floor = ('%s(%s) ≥ ‖g(%s)‖²/(2L)'):format(letter, a, a),
		pl = ('‖g(%s)‖² ≥ 2μ %s(%s)'):format(a, letter, a),
		monotone = ('⟨A(%s) − A(%s), x(%s) − x(%s)⟩ ≥ μ‖x(%s) − x(%s)‖²'):format(a, b, a, b, a, b),
		cocoercive = ('L⟨A(%s) − A(%s), x(%s) − x(%s)⟩ ≥ ‖A(%s) − A(%s)‖²'):format(a, b, a, b, a, b),
		lipschitz = ('‖A(%s) − A(%s)‖ ≤ L‖x(%s) − x(%s)‖'):format(a, b, a, b),
		start = 'how far off the start may be',
		least = 'the least of several is at most each',
	}
	return said[kind], tonumber(p) / (q ~= '' and tonumber(q) or 1)
end

-- The inequalities that prove the value for two steps. Crumbs that only make sums exact are left out.
local function multipliers(id)
	local file = worst .. '/' .. id .. '.json'
	if not exists(file) then
		return nil
	end
	local proof, most, rows = json.decode(contents(file)), 0, {}
	for _, entry in ipairs(proof.multipliers) do
		local _, weight = inequality(entry, proof)
		most = math.max(most, weight or 0)
	end
	for _, entry in ipairs(proof.multipliers) do
		local said, weight = inequality(entry, proof)
		if said and weight > 1e-4 * most then
			table.insert(rows, cells(number(weight), said))
		end
	end
	return rows, proof
end

local function worst_table(rows)
	local lines = {}
	for _, r in ipairs(rows) do
		local at_most = r.status == 'upper' and '≤ ' or ''
		table.insert(lines, cells(number(r.steps), at_most .. number(r.exact), number(r.proven), at_most .. number(r.exact_ratio)))
	end
	return table_of(cells('N', 'worst value', 'bound', 'share'), lines, { 0.16, 0.28, 0.28, 0.28 })
end

-- What the worst function of the class does, and the proof of that, for each theorem of a page that has one.
local function worst_boxes(ids)
	local out = pandoc.List {}
	for _, id in ipairs(ids) do
		local rows = worst_rows[id]
		if rows then
			local proved = {}
			for _, r in ipairs(rows) do
				if r.proved then
					table.insert(proved, number(r.steps))
				end
			end
			local box = pandoc.List {
				pandoc.Para(pandoc.Inlines { pandoc.Strong(words('The worst of the class')), pandoc.Space() } ..
					words(('(%s). Over all functions of the class and all dimensions, for '):format(label[id] or id)) ..
					(rows[1].parameters ~= '' and pandoc.Inlines { spec_code(rows[1].parameters) } or words('the preset steps')) ..
					with_math('; start: |' .. start_in_signs(rows[1].start) .. '|.')),
				worst_table(rows),
			}
			if #proved > 0 then
				box:insert(pandoc.Para(words(('Proved for N = %s in exact arithmetic, as upper bounds.'):format(table.concat(proved, ', ')))))
			end
			local weights, proof = multipliers(id)
			if weights then
				box:insert(pandoc.Para(words(('The proof for N = %d adds up these inequalities, each so often; points are numbered as ' ..
					'the method sees them, * is the minimiser.'):format(proof.about.steps))))
				box:insert(table_of(cells('weight', 'inequality'), weights, { 0.24, 0.76 }))
			end
			out:insert(framed('statement', { 'worst' }, box))
		end
	end
	return out
end

local function replay(ids)
	local out = {}
	for _, id in ipairs(ids) do
		local r = sharpest(id, 'instance')
		if r and type(r.replay) == 'string' then
			table.insert(out, shortest(r.replay))
		end
	end
	return #out > 0 and table.concat(out, '\n') or nil
end

local function measured(chapter, page, ids, shown)
	local blocks = pandoc.List { pandoc.Header(3, words('What came out'), pandoc.Attr(page .. '-measured')) }
	for _, id in ipairs(ids) do
		if id ~= shown then
			blocks:extend(curves_of(chapter, id))
		end
	end
	blocks:extend(own_figures(chapter, ids))
	blocks:extend(envelopes_of(chapter, ids))
	blocks:extend(summaries_of(chapter, ids))
	local boxes = worst_boxes(ids)
	if #blocks == 1 and not shown then
		blocks:insert(pandoc.Para(words('No curves: the claim is about points, not about runs.')))
	end
	blocks:extend(boxes)
	local again = replay(ids)
	if again then
		blocks:insert(pandoc.Para(words('The sharpest check alone:')))
		blocks:insert(pandoc.CodeBlock(again, pandoc.Attr('', { 'shell' })))
	end
	local sources, seen = {}, {}
	for _, id in ipairs(ids) do
		local s = class[id].source
		if s and s ~= '' and not seen[s] then
			seen[s] = true
			table.insert(sources, s)
		end
	end
	blocks:insert(pandoc.Para(pandoc.Inlines { pandoc.Strong(words('Source.')), pandoc.Space() } ..
		words(table.concat(sources, '; ') .. '.')))
	return blocks
end

--------------------------------------------------------------------------------------------------- theorems, numbered

local statement = { Theorem = 1, Lemma = 1, Corollary = 1, Proposition = 1, Claim = 1, Identity = 1 }
local counter = {} -- of each chapter

local function next_number(chapter)
	counter[chapter] = (counter[chapter] or 0) + 1
	return ('%d.%d'):format(chapter, counter[chapter])
end

-- "**Theorem.**", "**Theorem A.**", "**Theorem** (source).", "**Descent lemma (lem-descent).**"
local function heading_of(block)
	if block.t ~= 'Para' or not block.content[1] or block.content[1].t ~= 'Strong' then
		return nil
	end
	local text = text_of(block.content[1])
	local named = {}
	for id in (text:match('%((.-)%)') or ''):gmatch('[%w-]+') do
		if class[id] then
			table.insert(named, id)
		end
	end
	local word = text:match('^%u%l+')
	return (#named > 0 or statement[word]) and text, named, word
end

local anchored = {} -- theorems whose statement has their anchor

local function anchor(ids)
	local spans = pandoc.Inlines {}
	for _, id in ipairs(ids) do
		anchored[id] = true
		spans:insert(pandoc.Span(FORMAT == 'latex' and { pandoc.RawInline('latex', '\\label{at:' .. id .. '}') } or {}, pandoc.Attr(id)))
	end
	return spans
end

-- "- **lem-sc-lower**: ..." in a list of small claims.
local function number_items(chapter, kind, list)
	for _, item in ipairs(list.content) do
		local strong = item[1] and item[1].content and item[1].content[1]
		local id = strong and strong.t == 'Strong' and text_of(strong)
		if id and class[id] then
			label[id] = kind .. ' ' .. next_number(chapter)
			item[1].content[1] = pandoc.Strong(words(label[id] .. ' (') .. pandoc.Inlines { pandoc.Code(id) } .. words(')'))
			item[1].content = anchor { id } .. item[1].content
		end
	end
	return list
end

-- Is a block the rest of the statement before it? Its list or table is, and what follows the middle of a sentence.
local function goes_on(before, block)
	local aside = { OrderedList = 1, BulletList = 1, Table = 1 }
	if aside[block.t] then
		return true
	elseif block.t ~= 'Para' then
		return false
	end
	local last = before.content and before.content[#before.content]
	if last and last.t == 'Str' and not last.text:match('[.!?)%]]$') then
		return true
	end
	return (aside[before.t] or last and last.t == 'Math') and
		(text_of(block):match('^%l') or text_of(block):match('^Then ')) ~= nil
end

-- Boxes the statements of a page and gives each theorem the number of the statement that claims it: the one that names
-- it, else the statements in their order, the last for all that are left.
local function number_statements(chapter, page, ids, blocks)
	local usual, boxes, free = page:match('^lem') and 'Lemma' or 'Theorem', {}, {}
	for i, block in ipairs(blocks) do
		local text, named, word = heading_of(block)
		if block.t == 'BulletList' then
			blocks[i] = number_items(chapter, usual, block)
		elseif text then
			local kind = statement[word] and word or usual
			local n, rest = kind .. ' ' .. next_number(chapter), text:gsub('%s*%b()', ''):gsub('[%.%s]+$', '')
			local head = n .. (rest ~= kind and ' (' .. rest .. ')' or '') .. (text:match('%(false%)') and ' (false)' or '')
			-- A name in brackets may follow the bold word; the full stop then stands after it.
			block.content[1] = pandoc.Strong(words(head .. (text:match('%.$') and '.' or '')))
			for _, id in ipairs(named) do
				label[id] = n
			end
			if #named == 0 and word ~= 'Corollary' and word ~= 'Claim' then
				table.insert(free, n)
			end
			boxes[i] = n
		end
	end
	local k = 0
	for _, id in ipairs(ids) do
		if not label[id] then
			k = k + 1
			label[id] = free[k] or free[#free] or usual .. ' ' .. next_number(chapter)
		end
	end
	for i, n in pairs(boxes) do
		local here = pandoc.List {}
		for _, id in ipairs(ids) do
			if label[id] == n and not anchored[id] and id ~= page then
				here:insert(id)
			end
		end
		blocks[i].content = anchor(here) .. blocks[i].content
		local box, k = { blocks[i] }, i
		while blocks[k + 1] and not boxes[k + 1] and goes_on(blocks[k], blocks[k + 1]) do
			k = k + 1
			table.insert(box, blocks[k])
		end
		for taken = i + 1, k do
			blocks[taken] = pandoc.Null()
		end
		blocks[i] = framed('statement', { 'theorem' }, box)
		blocks[i].attributes.number = n
	end
end

----------------------------------------------------------------------------------------------------------- exercises

local function is_exercises(block)
	local head = block.t == 'Header' and block.content or
		block.t == 'Para' and block.content[1] and block.content[1].t == 'Strong' and block.content[1].content
	return head and text_of(head):match('^Exercises?%.?$') ~= nil
end

local exercises = {} -- exercises[page] = number of items

local function exercise_list(page, blocks)
	for i, block in ipairs(blocks) do
		if is_exercises(block) then
			for k = i + 1, #blocks do
				if blocks[k].t == 'OrderedList' then
					exercises[page] = #blocks[k].content
					return i, k
				end
			end
		end
	end
end

-- "2.1.3": the third exercise of the first page of chapter 2, there and among the solutions. The star of a hard one, in the
-- text its first sign, stands with the number.
local place = {} -- place[page] = "2.1"

local function numbered(page, list)
	local out = pandoc.List {}
	for i, item in ipairs(list.content) do
		local text, star = item[1] and item[1].content, ''
		if text and text[1] and text[1].t == 'Str' and text[1].text == '★' then
			star = '\u{a0}★'
			text:remove(1)
			text:remove(1)
		end
		local n = pandoc.Strong(words(('%s.%d%s'):format(place[page], i, star)))
		if item[1] and (item[1].t == 'Plain' or item[1].t == 'Para') then
			item[1] = pandoc.Para(pandoc.Inlines { n, pandoc.Space() } .. item[1].content)
		else
			table.insert(item, 1, pandoc.Para { n })
		end
		out:insert(pandoc.Div(item, pandoc.Attr('', { 'exercise' })))
	end
	return pandoc.Div(out, pandoc.Attr('', { 'exercises' }))
end

-- Solutions: one "## page" and one list of as many items as there are exercises, for each page of the chapter.
local function check_solutions(chapter, div, pages)
	local solved = {}
	for i, block in ipairs(div.content) do
		if block.t == 'Header' then
			local page, list = text_of(block), div.content[i + 1]
			local n = list and list.t == 'OrderedList' and #list.content or 0
			if not exercises[page] then
				stop('theorems/%s/solutions.md: %s: no page with exercises has that name', chapter, page)
			elseif n ~= exercises[page] then
				stop('theorems/%s/solutions.md: %s: %d solutions for %d exercises', chapter, page, n, exercises[page])
			end
			solved[page] = true
			block.level = 3
			block.content = pandoc.Inlines { pandoc.Link(pages[page], '#' .. page) }
			block.identifier = 'solutions-' .. page
			block.classes = { 'unnumbered' }
			div.content[i + 1] = numbered(page, list)
		end
	end
	return solved
end

------------------------------------------------------------------------------------------------------ cross-references

-- A theorem's id in the text becomes its number, linked.
function link_ids(here)
	return {
		Str = function(e)
			local before, id, after = e.text:match('^([%(%[–—]*)([%a][%w-]*%-[%w-]*%w)([%p]*)$')
			if id and class[id] and label[id] then
				local link = pandoc.Link(words(label[id]), '#' .. id, id)
				return pandoc.Inlines { pandoc.Str(before), link, pandoc.Str(after) }
			end
		end,
		Code = function(e)
			if class[e.text] and label[e.text] and not here[e.text] then
				return pandoc.Link({ e }, '#' .. e.text, label[e.text])
			end
		end,
	}
end

local entries = {} -- of the bibliography: key, first author, year, eprint

local function read_bibliography(path)
	local e
	for line in lines_of(path) do
		local key = line:match('^@%a+{([^,]+),')
		if key then
			e = { key = key }
			table.insert(entries, e)
		end
		local field, value = line:match('^%s*(%a+)%s*=%s*{(.*)},?$')
		if field == 'author' then
			e.author = value:match('^([^,]+)'):gsub('[{}\\"\']', '')
		elseif field == 'year' or field == 'eprint' then
			e[field] = value
		end
	end
end

local cited = {}

local function entry_for(text, year)
	for _, e in ipairs(entries) do
		if e.year == year and text:find(e.author, 1, true) then
			return e
		end
	end
end

-- "Drori and Teboulle (2014)": the year leads to the bibliography; so does "arXiv:2301.11235v3".
local function link_sources(inlines)
	local text, changed = '', false
	for i, x in ipairs(inlines) do
		if x.t == 'Str' then
			local before, year, after = x.text:match('^(%(?)([12]%d%d%d)(%p*)$')
			local e = year and entry_for(text, year)
			local eprint = x.text:match('arXiv:([%d.]+%d)')
			for _, other in ipairs(eprint and entries or {}) do
				if other.eprint == eprint then
					before, year, after, e = '', x.text:match('^(.-)(%p?)$'), '', other
				end
			end
			if e then
				cited[e.key] = true
				inlines[i] = pandoc.Span { pandoc.Str(before), pandoc.Link(words(year), '#ref-' .. e.key), pandoc.Str(after) }
				changed = true
				text = ''
			end
			text = (text .. ' ' .. x.text):sub(-160)
		elseif x.t == 'Strong' or x.t == 'Math' then
			text = ''
		end
	end
	return changed and inlines or nil
end

---------------------------------------------------------------------------------------------------------------- pages

local function shift(page)
	return {
		Header = function(h)
			h.identifier = h.level == 1 and '' or page .. '-' .. h.identifier
			h.level = h.level + 1
			return h
		end,
		CodeBlock = function(c)
			local _, lines = c.text:gsub('\n', '\n')
			local is_bound = c.text:lower():find('bound', 1, true) and lines <= 24
			if not c.classes:includes('c') or is_bound then
				return nil
			elseif FORMAT == 'latex' then -- paper has the bound alone; the rest is in the file
				return {}
			end
			return pandoc.List { pandoc.RawBlock('html', ('<details><summary>Code, %d lines</summary>'):format(lines + 1)), c,
				pandoc.RawBlock('html', '</details>') }
		end,
	}
end

local titles = {} -- titles[page] = inlines
local page_of, leans = {}, {} -- page_of[theorem]; leans[page] = theorems of other pages that its claims and proofs name

-- The theorems that the claims and the proofs of a page name, in that order, each once; what is said of sharpness, runs and
-- exercises leans on nothing.
local function leans_on(page, blocks)
	local out, seen, proof = pandoc.List {}, {}, false
	local collect = { Link = function(link)
		local id = link.target:match('^#(.+)$')
		if id and class[id] and page_of[id] ~= page and not seen[id] then
			seen[id] = true
			out:insert(id)
		end
	end }
	for _, block in ipairs(blocks) do
		local first = block.t == 'Para' and block.content[1]
		local head = block.t == 'Header' and block.content or first and first.t == 'Strong' and first.content
		if head then
			proof = text_of(head):match('^Proofs?') ~= nil
		end
		if proof or block.t == 'Div' and block.classes:includes('theorem') then
			pandoc.walk_block(block, collect)
		end
	end
	return out
end

local function first_pass(chapter, div)
	local page, ids = div.identifier, {}
	for id in div.attributes.theorems:gmatch('[%w-]+') do
		if not class[id] then
			stop('%s: the program does not know the theorem %s; build it first', div.attributes.file, id)
		end
		table.insert(ids, id)
		page_of[id] = page
	end
	div.content = pandoc.walk_block(pandoc.Div(div.content), shift(page)).content
	if not div.content[1] or div.content[1].t ~= 'Header' then
		stop('%s: the first prose block must start with "# Title"', div.attributes.file)
	end
	titles[page] = div.content[1].content
	number_statements(chapter, page, ids, div.content)
	return ids
end

local function second_pass(chapter, div, ids, solved)
	local page, here = div.identifier, {}
	for _, id in ipairs(ids) do
		here[id] = true
	end
	local at, list = exercise_list(page, div.content)
	if at then
		div.content[list] = numbered(page, div.content[list])
	end
	if at and solved then
		div.content:insert(list + 1, pandoc.Para { pandoc.Link(words('Solutions'), '#solutions-' .. page) })
	end
	div = pandoc.walk_block(div, with_values(div.attributes.file))
	div = pandoc.walk_block(div, link_ids(here))
	leans[page] = leans_on(page, div.content)
	-- The picture of the first theorem that has one follows its statement; what is said of it comes after.
	local first, shown = pandoc.List {}, nil
	for _, id in ipairs(ids) do
		first = #first > 0 and first or curves_of(chapter, id)
		shown = shown or #first > 0 and id or nil
	end
	local found = #ids > 0 and measured(chapter, page, ids, shown) or pandoc.List {}
	at = at or #div.content + 1
	for i = #found, 1, -1 do
		div.content:insert(at, found[i])
	end
	if #ids > 0 then
		local rest = pandoc.List(ids):filter(function(id) return not anchored[id] and id ~= page end)
		div.content:insert(at + #found, #ids > 3 and glance_short(ids) or glance(ids))
		-- Behind the statement that it shows, or the first.
		local behind, own
		for i, block in ipairs(div.content) do
			if block.t == 'Div' and block.classes:includes 'theorem' then
				behind = behind or i + 1
				own = own or shown and block.attributes.number == label[shown] and i + 1 or nil
				block.attributes.number = nil
			end
		end
		behind = own or behind
		for i = #first, 1, -1 do
			div.content:insert(math.min(behind or 2, #div.content + 1), first[i])
		end
		div.content:insert(2, pandoc.Plain(anchor(rest)))
	end
	return pandoc.walk_block(div, { Inlines = link_sources })
end

-- Tables of specifications: one is a single long word.
local long_words = { Str = function(e)
	return #e.text > 12 and e.text:find('=', 1, true) and spec_code(e.text) or nil
end }

local function rate_of(c)
	return c.rate == 'geometric' and 'geometric' or
		type(c.rate) == 'number' and pandoc.Inlines { math_of('t^(−' .. number(c.rate):gsub('%.0$', '') .. ')') } or '–'
end

-- The index of theorems, in the book's order.
local function index_of(order)
	local rows = {}
	for _, id in ipairs(order) do
		local c = class[id]
		local rate = rate_of(c)
		local row = { { plain(pandoc.Link(words(label[id]), '#' .. id)) },
			{ plain(c.title, pandoc.LineBreak(), pandoc.Code(id)) }, { plain(rate) }, { plain(ratio(id)) }, { plain(verdict(id)) } }
		if FORMAT == 'latex' then
			table.insert(row, { plain(anchored[id] and pandoc.RawInline('latex', '\\pageref{at:' .. id .. '}') or '') })
		end
		table.insert(rows, row)
	end
	local head = { { plain('number') }, { plain('theorem') }, { plain('rate') }, { plain('ratio') }, { plain('verdict') } }
	if FORMAT == 'latex' then
		table.insert(head, { plain('page') })
		return table_of(head, rows, { 0.16, 0.4, 0.12, 0.1, 0.15, 0.07 })
	end
	return table_of(head, rows, { 0.16, 0.44, 0.12, 0.1, 0.18 })
end

-- At the head of a chapter: what it proves, at which rate, how sharp, and what the proofs of the page name, at its first theorem.
local function rate_table(ids)
	local rows, shown = {}, {}
	for _, id in ipairs(ids) do
		local c, on = class[id], pandoc.Inlines {}
		for _, other in ipairs(not shown[page_of[id]] and leans[page_of[id]] or {}) do
			on:extend(#on > 0 and words(', ') or {})
			on:insert(pandoc.Link(words(label[other]), '#' .. other, other))
		end
		shown[page_of[id]] = true
		table.insert(rows, { { plain(pandoc.Link(words(label[id]), '#' .. id)) }, { plain(c.title) },
			{ plain(rate_of(c)) }, { plain(ratio(id)) }, { plain(on) } })
	end
	local head = { { plain('number') }, { plain('claim') }, { plain('rate') }, { plain('ratio') }, { plain('leans on') } }
	return pandoc.Div({ table_of(head, rows, { 0.16, 0.38, 0.13, 0.1, 0.23 }) }, pandoc.Attr('', { 'rates' }))
end

-- The tables of what was measured beside each other lie in doc/: the book has them in one page.
local function beside(a)
	return a.target:match '^[%w-]+%.md$' and a.content or nil
end

-- Tables of hundreds of rows are for a program to search, or a window to fold: paper says where they are.
local function a_row_a_theorem(t)
	local rows = 0
	for _, body in ipairs(t.bodies) do
		rows = rows + #body.body
	end
	if rows < 100 then
		return nil
	end
	local said = ('%d rows'):format(rows)
	if FORMAT == 'latex' then
		return pandoc.Para(words('The table has ' .. said .. ': it is in the pages of this book, and in the folder doc/ of the sources.'))
	end
	return { pandoc.RawBlock('html', '<details><summary>' .. said .. '</summary>'), t, pandoc.RawBlock('html', '</details>') }
end

-- Commands break where the paper ends; so does other text that is wider than it.
local function command_lines(c)
	local wide = false
	for line in c.text:gmatch('[^\n]+') do
		wide = wide or #c.classes == 0 and #line > 105
	end
	if wide or c.classes:includes('shell') then
		local out = pandoc.List {}
		for line in c.text:gmatch('[^\n]+') do
			out:insert(pandoc.Para { pandoc.RawInline('latex', '{\\raggedright\\scriptsize '), pandoc.Code(line),
				pandoc.RawInline('latex', '\\par}') })
		end
		return out
	end
end

-- TeX breaks no typewriter text by itself.
function breakable(c)
	local names = { ['\\'] = 'backslash', ['^'] = 'asciicircum', ['~'] = 'asciitilde', ["'"] = 'quotesingle' }
	local text = c.text:gsub("[\\{}$&#%%_^~']", function(x) return '\\' .. (names[x] and 'text' .. names[x] .. '{}' or x) end)
	text = text:gsub('[,:=/+;-]', '%0\\allowbreak{}'):gsub(' ', '\\ \\allowbreak{}'):gsub('%-\\allowbreak{}%-', '-{}-')
	return pandoc.RawInline('latex', '\\texttt{' .. text .. '}')
end

-- Nor does it set a mark above the letter before it.
local marks = { ['\u{304}'] = '\\=', ['\u{302}'] = '\\^', ['\u{303}'] = '\\~' }
function marked(e)
	if e.text:find('\204[\130-\132]') then
		local out, rest = pandoc.Inlines {}, e.text
		while true do
			local before, letter, mark, after = rest:match('^(.-)(%a)(\204[\130-\132])(.*)$')
			if not before then
				break
			end
			out:extend { pandoc.Str(before), pandoc.RawInline('latex', marks[mark] .. '{' .. letter .. '}') }
			rest = after
		end
		out:insert(pandoc.Str(rest))
		return out
	end
end

function Pandoc(doc)
	read_run(doc.meta)
	if doc.meta.numbers then
		read_kept(text_of(doc.meta.numbers))
	end
	read_bibliography(text_of(doc.meta.bibliography))
	local chapter, order, ids_of, solutions = 0, {}, {}, {}
	for _, div in ipairs(doc.blocks) do
		if div.t == 'Div' and div.classes:includes('chapter') then
			chapter = chapter + 1
			local pages = 0
			for i, page in ipairs(div.content) do
				if page.t == 'Div' and page.classes:includes('page') then
					pages = pages + 1
					place[page.identifier] = chapter .. '.' .. pages
					local ids = first_pass(chapter, page)
					ids_of[page.identifier] = ids
					for _, id in ipairs(ids) do
						table.insert(order, id)
					end
					exercise_list(page.identifier, page.content)
				end
			end
		end
	end
	doc = doc:walk { Div = function(div)
		if div.classes:includes('solutions') then
			solutions[div.attributes.chapter] = check_solutions(div.attributes.chapter, div, titles)
			return div
		end
	end }
	chapter = 0
	for k, div in ipairs(doc.blocks) do
		if div.t == 'Div' and div.classes:includes('chapter') then
			chapter = chapter + 1
			local solved, all, head = solutions[div.identifier] or {}, pandoc.List {}, nil
			for i, block in ipairs(div.content) do
				if block.t == 'Div' and block.classes:includes('page') then
					head = head or i
					all:extend(ids_of[block.identifier])
					div.content[i] = second_pass(chapter, block, ids_of[block.identifier], solved[block.identifier])
				else
					block = pandoc.walk_block(block, with_values('theorems/' .. div.identifier .. '/chapter.md'))
					block = block.t == 'Para' and gallery_slider(block) or pandoc.walk_block(block, { Image = gallery_image })
					div.content[i] = pandoc.walk_block(pandoc.walk_block(block, link_ids {}), { Inlines = link_sources })
				end
			end
			if head and #all > 1 then
				div.content:insert(head, rate_table(all))
			end
		else
			div = pandoc.walk_block(div, with_values('the front or back matter'))
			div = pandoc.walk_block(div, link_ids {})
			div = pandoc.walk_block(div, { Image = gallery_image })
			if div.identifier == 'trust' then
				div = pandoc.walk_block(div, long_words)
				div = pandoc.walk_block(div, { Link = beside, Table = a_row_a_theorem })
			end
			div = pandoc.walk_block(div, { Inlines = link_sources, Div = function(d)
				if d.identifier == 'theorem-index' then
					return index_of(order)
				end
			end })
			doc.blocks[k] = div
		end
	end
	doc.meta.nocite = pandoc.MetaInlines {}
	for _, e in ipairs(entries) do
		if cited[e.key] then
			doc.meta.nocite:insert(pandoc.Cite({ pandoc.Str('@' .. e.key) }, { pandoc.Citation(e.key, 'AuthorInText') }))
		end
	end
	if FORMAT == 'latex' then
		local all = pandoc.walk_block(pandoc.Div(doc.blocks), { CodeBlock = command_lines })
		doc.blocks = pandoc.walk_block(all, { Code = breakable, Str = marked }).content
		local header = contents(folder .. 'header.tex')
		doc.meta['header-includes'] = pandoc.MetaBlocks { pandoc.RawBlock('latex', header .. '\n' .. declarations()) }
	end
	if doc.meta['write-numbers'] then
		local keys, out = {}, assert(io.open(text_of(doc.meta['write-numbers']), 'w'))
		for key in pairs(used) do
			table.insert(keys, key)
		end
		table.sort(keys)
		for _, key in ipairs(keys) do
			out:write(key, '\t', used[key], '\n')
		end
		out:close()
	end
	doc.meta.figures = pandoc.MetaList {}
	for _, name in ipairs(wanted) do
		doc.meta.figures:insert(pandoc.MetaString(name))
	end
	return doc
end
