-- The formulas of the classes are plain text with Unicode ("D²/(2γt)"); in the book they are set as TeX maths.
local symbol = {
	['−'] = '-', ['–'] = '-', ['≤'] = '\\le ', ['≥'] = '\\ge ', ['‖'] = '\\|', ['∇'] = '\\nabla ', ['Σ'] = '\\textstyle\\sum ',
	['∞'] = '\\infty ', ['⟨'] = '\\langle ', ['⟩'] = '\\rangle ', ['⌈'] = '\\lceil ', ['⌉'] = '\\rceil ', ['⌊'] = '\\lfloor ',
	['⌋'] = '\\rfloor ', ['½'] = '\\tfrac12 ', ['∈'] = '\\in ', ['…'] = '\\dots ', ['·'] = '\\cdot ', ['×'] = '\\times ',
	['↦'] = '\\mapsto ', ['→'] = '\\to ', ['≠'] = '\\ne ', ['≈'] = '\\approx ', ['±'] = '\\pm ', ['∂'] = '\\partial ',
	['²'] = '^{2}', ['³'] = '^{3}', ['⁴'] = '^{4}', ['⁻'] = '^{-}', ['¹'] = '^{1}', ['⁺'] = '^{+}', ['ᵗ'] = '^{t}', ['ᵀ'] = '^{T}',
	['₀'] = '_{0}', ['₁'] = '_{1}', ['₂'] = '_{2}', ['₃'] = '_{3}', ['₊'] = '_{+}', ['₋'] = '_{-}', ['ₜ'] = '_{t}', ['ₖ'] = '_{k}',
	['ᵢ'] = '_{i}', ['★'] = '\\star ', ['ℝ'] = '\\mathbb R', ['ₙ'] = '_{n}', ['ᵏ'] = '^{k}', ['ⁿ'] = '^{n}', ['ᵖ'] = '^{p}',
	['ϱ'] = '\\varrho ', ['¼'] = '\\tfrac14 ', ['¾'] = '\\tfrac34 ', ['⅓'] = '\\tfrac13 ', ['⅔'] = '\\tfrac23 ', ['⊙'] = '\\odot ', ['⊗'] = '\\otimes ', ['⊂'] = '\\subset ', ['∝'] = '\\propto ', ['←'] = '\\gets ',
	['≺'] = '\\prec ', ['≼'] = '\\preceq ', ['≽'] = '\\succeq ', ['₅'] = '_{5}', ['∘'] = '\\circ ', ['≻'] = '\\succ ',
	['⁽'] = '^{(}', ['⁾'] = '^{)}', ['⁵'] = '^{5}',
	['α'] = '\\alpha ', ['β'] = '\\beta ', ['γ'] = '\\gamma ', ['δ'] = '\\delta ', ['ε'] = '\\varepsilon ', ['η'] = '\\eta ',
	['θ'] = '\\theta ', ['κ'] = '\\kappa ', ['λ'] = '\\lambda ', ['μ'] = '\\mu ', ['ν'] = '\\nu ', ['ξ'] = '\\xi ', ['π'] = '\\pi ',
	['ρ'] = '\\rho ', ['σ'] = '\\sigma ', ['τ'] = '\\tau ', ['φ'] = '\\varphi ', ['χ'] = '\\chi ', ['ψ'] = '\\psi ',
	['ω'] = '\\omega ', ['Γ'] = '\\Gamma ', ['Δ'] = '\\Delta ', ['Θ'] = '\\Theta ', ['Λ'] = '\\Lambda ', ['Φ'] = '\\Phi ',
	['Ψ'] = '\\Psi ', ['Ω'] = '\\Omega ', ['Π'] = '\\textstyle\\prod ', ['ζ'] = '\\zeta ', ['ℓ'] = '\\ell ', ['′'] = "'", ['∘'] = '\\circ ',
	['√'] = '\\surd ', ['∑'] = '\\textstyle\\sum ', ['∏'] = '\\textstyle\\prod ',
}
local accent = { ['\u{304}'] = '\\bar', ['\u{302}'] = '\\hat', ['\u{303}'] = '\\tilde' }
local command = { max = 1, min = 1, log = 1, exp = 1, sin = 1, cos = 1, tan = 1, inf = 1, sup = 1, ln = 1, det = 1, lim = 1 }
local operator = { prox = 1, Var = 1, mean = 1 }
local short_word = { ['if'] = 1, ['or'] = 1, by = 1, of = 1, on = 1, to = 1, at = 1 }

local function word(before, w)
	if before ~= '' then -- inside a product such as γckt, or a command already
		return before .. w
	elseif command[w] then
		return '\\' .. w .. ' '
	elseif operator[w] then
		return '\\operatorname{' .. w .. '}'
	end
	return (#w > 2 or short_word[w]) and '\\text{ ' .. w .. ' }' or w
end

local function index(sign, w)
	return command[w] and sign .. '{\\' .. w .. '}' or sign .. '{' .. w:sub(1, 1) .. '}' .. w:sub(2)
end

-- Arguments of roots: a bracket or one sign with its indices.
local function roots(s)
	local out, rest = '', s
	while true do
		local at = rest:find('√', 1, true)
		if not at then
			return out .. rest
		end
		local after = rest:sub(at + #'√')
		local inner = after:match('^%b()')
		local bracket = inner ~= nil
		inner = inner or after:match('^[%a]+') or after:match('^%d+') or after:match(utf8.charpattern, 1) or ''
		out = out .. rest:sub(1, at - 1) .. '\\sqrt{' .. roots(bracket and inner:sub(2, -2) or inner) .. '}'
		rest = after:sub(#inner + 1)
	end
end

local function tex(s)
	-- Braces of sets first: all that come later are TeX's own.
	s = s:gsub('%f[_^{]([_^]?)(%b{})', function(index, b) return index ~= '' and index .. b or '\\{' .. b:sub(2, -2) .. '\\}' end)
	s = roots(s):gsub('[%%#&]', '\\%0')
	for mark, over in pairs(accent) do
		s = s:gsub('([%a])' .. mark, over .. '{%1}')
	end
	s = s:gsub('_star%f[%A]', '_\\star '):gsub('%f[%a]([fFx])%*', '%1_\\star '):gsub('σ%*', 'σ_\\star '):gsub('Δ%*', 'Δ_\\star '):gsub('_%*', '_\\ast '):gsub('%*', '^{*}')
	s = s:gsub('([_^])%(([^()]*)%)', '%1{%2}') -- t^(2t)
	s = s:gsub('([_^])(%a%a+)', index):gsub('([_^])(−?%d+)', '%1{%2}')
	s = s:gsub('([\\\128-\255{]?)%f[%a](%a%a+)', word)
	s = s:gsub('%f[%w]E%f[%W]', '\\mathbb E\\,')
	-- A fraction as an exponent is one thing.
	for fraction, words in pairs { ['½'] = '1/2', ['⅓'] = '1/3', ['⅔'] = '2/3', ['¼'] = '1/4', ['¾'] = '3/4' } do
		s = s:gsub('([_^])' .. fraction, '%1{' .. words .. '}')
	end
	s = s:gsub(utf8.charpattern, symbol)
	-- Exponents in a row, such as x*², would be an error of TeX.
	local n
	repeat
		s, n = s:gsub('%^{([^{}]*)}%^{([^{}]*)}', '^{%1%2}')
	until n == 0
	return s
end

-- The same signs where they stand in code and running text of the PDF.
local function declarations()
	local out = {}
	for sign, command in pairs(symbol) do
		if utf8.len(sign) == 1 then
			table.insert(out, ('\\DeclareUnicodeCharacter{%04X}{\\ensuremath{%s}}'):format(utf8.codepoint(sign), command))
		end
	end
	table.sort(out)
	return table.concat(out, '\n')
end

return tex, declarations
