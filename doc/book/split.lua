-- Last filter of the HTML book: writes one page for each Div of class `page`, `chapter` or `matter`, with links that lead
-- from page to page. Metadata: `folder` (to write to), `template`.
--
-- SPDX-License-Identifier: GPL-3.0-or-later
local text_of = pandoc.utils.stringify
local pages, home = {}, {} -- in the book's order; home[identifier] = file

-- What pandoc's MathML does not know, in words that it does.
local simpler = { Math = function(m)
	if m.text == '\\square' then
		return pandoc.Span({ pandoc.Str '□' }, pandoc.Attr('', { 'qed' }, { title = 'end of the proof' }))
	end
	m.text = m.text:gsub('\\Bigl', '\\left'):gsub('\\Bigr', '\\right'):gsub('\\tag{(.-)}', '\\qquad\\text{(%1)}')
	return m
end }

-- Brackets that stretch are set with gaps by browsers: only those about something tall may. Bars of a norm are no operator.
local function tidy(html)
	local open, low = {}, {}
	for at, form in html:gmatch('()<mo stretchy="true" form="(%l+)">') do
		if form == 'prefix' then
			table.insert(open, at)
		elseif #open > 0 then
			local from = table.remove(open)
			local inner = html:sub(from, at)
			if not inner:find('<mfrac') and not inner:find('<munder') and not inner:find('<msqrt') and not inner:find('<mtable') then
				low[from], low[at] = true, true
			end
		end
	end
	html = html:gsub('()<mo stretchy="true"', function(at) return low[at] and '<mo stretchy="false"' or nil end)
	return (html:gsub('<mo stretchy="false" form="postfix">∥', '<mo stretchy="false" form="postfix" lspace="0" rspace="0">∥'))
end

local function starts_page(d)
	return d.t == 'Div' and (d.classes:includes('page') or d.classes:includes('chapter') or d.classes:includes('matter'))
end

local function note_ids(blocks, file)
	local function note(e)
		local id = e.identifier or (e.attr and e.attr.identifier)
		if id and id ~= '' then
			home[id] = home[id] or file
		end
	end
	pandoc.walk_block(pandoc.Div(blocks), { Div = note, Header = note, Span = note, CodeBlock = note })
end

local function title_of(blocks)
	for _, b in ipairs(blocks) do
		if b.t == 'Header' then
			return b
		end
	end
	return pandoc.Header(1, { pandoc.Str 'Untitled' })
end

local function collect(div, up)
	local own, page = pandoc.List {}, { id = div.identifier, up = up, below = {}, head = title_of(div.content) }
	page.file = page.id .. '.html'
	table.insert(pages, page)
	for _, b in ipairs(div.content) do
		if starts_page(b) then
			table.insert(page.below, collect(b, page))
		else
			own:insert(b)
		end
	end
	page.blocks = own
	home[page.id] = page.file
	note_ids(own, page.file)
	return page
end

local function relink(file)
	return { Link = function(a)
		local id = a.target:match('^#(.+)$')
		if id then
			if not home[id] then
				io.stderr:write(('book: %s: nothing has the name #%s\n'):format(file, id))
				os.exit(1)
			end
			-- A page's own name is its file's: nothing in it has that name.
			a.target = id == home[id]:gsub('%.html$', '') and home[id] or home[id] == file and a.target or home[id] .. '#' .. id
			return a
		end
	end }
end

local function plain_html(inlines)
	return tidy(pandoc.write(pandoc.Pandoc { pandoc.Plain(inlines) }, 'html5', { html_math_method = 'mathml' }))
end

-- The title of a window is plain text.
local signs = { sqrt = '√', rho = 'ρ', mu = 'μ', gamma = 'γ', beta = 'β', kappa = 'κ', lambda = 'λ', sigma = 'σ', alpha = 'α', ell = 'ℓ',
	eta = 'η', tau = 'τ', infty = '∞', le = '≤', ge = '≥', frac = '', tfrac = '', text = '', operatorname = '', star = '*', ldots = '…' }
local function window_title(inlines)
	local plain = pandoc.walk_inline(pandoc.Span(inlines), { Math = function(m)
		local text = m.text:gsub('\\[td]?frac%s*{(.-)}{(.-)}', '%1/%2'):gsub('\\[td]?frac%s*(%w)%s*(%w)', '%1/%2')
		return pandoc.Str((text:gsub('\\(%a+)%s*', function(name) return signs[name] or name .. ' ' end):gsub('[{}$\\^_]', '')))
	end })
	return (text_of(plain):gsub('[<&]', { ['<'] = '&lt;', ['&'] = '&amp;' }))
end

local function link(page, before, after)
	return page and ('<a href="%s">%s%s%s</a>'):format(page.file, before or '', plain_html(page.head.content), after or '') or ''
end

local function below(page)
	local items = {}
	for _, p in ipairs(page.below) do
		table.insert(items, '<li>' .. link(p) .. '</li>')
	end
	return #items > 0 and '<ol class="toc">' .. table.concat(items, '\n') .. '</ol>' or ''
end

local function copy_figure(meta, name)
	local from = io.open(text_of(meta.run) .. '/figures/' .. name, 'rb') or
		assert(io.open(text_of(meta.gallery) .. '/' .. name, 'rb'))
	local to = assert(io.open(text_of(meta.folder) .. '/figures/' .. name, 'wb'))
	to:write(from:read('a'))
	from:close()
	to:close()
end

function Pandoc(doc)
	local file = io.open(text_of(doc.meta.template))
	local template, chapters, back = file:read('a'), {}, {}
	file:close()
	for _, b in ipairs(doc.blocks) do
		if starts_page(b) then
			collect(b)
		end
	end
	-- Citeproc puts the entries where the Div `refs` stands.
	for i, page in ipairs(pages) do
		local body = pandoc.walk_block(pandoc.Div(page.blocks), relink(page.file))
		body = pandoc.walk_block(body, simpler).content
		local html = tidy(pandoc.write(pandoc.Pandoc(body), 'html5', { html_math_method = 'mathml', wrap_text = 'preserve' }))
		if page.id == 'index' then
			local list = {}
			for _, p in ipairs(pages) do
				if not p.up and p.id ~= 'index' then
					table.insert(list, '<li>' .. link(p) .. below(p) .. '</li>')
				end
			end
			html = html .. '<h2>Contents</h2><ul class="contents">' .. table.concat(list, '\n') .. '</ul>'
		else
			html = html .. below(page)
		end
		local value = {
			title = window_title(page.head.content), body = html,
			up = page.up and link(page.up, '↑ ') or page.id ~= 'index' and '<a href="index.html">↑ Contents</a>' or '',
			previous = link(pages[i - 1], '← '), next = link(pages[i + 1], '', ' →'),
		}
		local out = io.open(text_of(doc.meta.folder) .. '/' .. page.file, 'w')
		out:write((template:gsub('%$(%l+)%$', value)))
		out:close()
	end
	for _, name in ipairs(doc.meta.figures) do
		copy_figure(doc.meta, text_of(name) .. '.svg')
	end
	return pandoc.Pandoc {} -- all is written
end
