-- wrk: each body is another person's; answers are counted. Arguments: a word
-- that no other run has, and what a right answer's address holds; "" any 200.
local threads = {}

function setup(thread)
	thread:set("number", #threads)
	table.insert(threads, thread)
end

function init(arguments)
	run, mark = arguments[1], arguments[2] or ""
	sent, right, wrong = 0, 0, 0
	wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
end

function request()
	sent = sent + 1
	return wrk.format("POST", nil, nil, string.format(
		"who=self&area=1781&age=%s&name=Alva+%s+%d+%d&phone=0701740%d&contact=call",
		sent % 2 == 0 and "18-19" or "20-24", run, number, sent, 605 + sent % 95))
end

function response(status, headers, body)
	local location = headers["location"] or headers["Location"]
	if (mark == "" and status == 200) or (status == 303 and location and location:find(mark, 1, true)) then
		right = right + 1
	else
		wrong = wrong + 1
	end
end

function done(summary, latency)
	local sum = { sent = 0, right = 0, wrong = 0 }
	for _, thread in ipairs(threads) do
		for name in pairs(sum) do
			sum[name] = sum[name] + thread:get(name)
		end
	end
	io.write(string.format('{"sent":%d,"right":%d,"wrong":%d,"perSecond":%f,"p50":%f,"p99":%f}\n',
		sum.sent, sum.right, sum.wrong, sum.right / summary.duration * 1e6,
		latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
