-- wrk: each thread sends its own slice of a file of signed texts, a line each: "signature body".
-- At the end one line of JSON. A thread that runs out begins again, and says so.
local threads = {}

function setup(thread)
   thread:set("place", #threads)
   table.insert(threads, thread)
end

function init(args)
   local file, count = args[1], tonumber(args[2])
   requests, sent = {}, 0
   local line_number = 0
   for line in io.lines(file) do
      if line_number % count == place then
         local signature, body = line:match("^(%S+) (%S+)$")
         local headers = {
            ["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8",
            ["X-Twilio-Signature"] = signature,
            ["User-Agent"] = "TwilioProxy/1.1",
         }
         table.insert(requests, wrk.format("POST", nil, headers, body))
      end
      line_number = line_number + 1
   end
   supply = #requests
end

function request()
   sent = sent + 1
   return requests[(sent - 1) % supply + 1]
end

function done(summary, latency, _)
   local ran_out = false
   for _, thread in ipairs(threads) do
      ran_out = ran_out or thread:get("sent") > thread:get("supply")
   end
   local errors = summary.errors
   local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
   io.write(string.format(
      '\n{"answered": %d, "seconds": %f, "p50_ms": %f, "p99_ms": %f, "failed": %d, "ran_out": %s}\n',
      summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
      failed, tostring(ran_out)))
end
