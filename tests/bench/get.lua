-- wrk: the same page again and again. Arguments: none.
function done(summary, latency)
	local errors = summary.errors
	io.write(string.format('{"right":%d,"wrong":%d,"perSecond":%f,"p50":%f,"p99":%f}\n',
		summary.requests - errors.status, errors.status + errors.connect + errors.read +
		errors.write + errors.timeout, summary.requests / summary.duration * 1e6,
		latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
