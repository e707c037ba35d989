-- wrk: each thread sends its own slice of a file of requests, in turn: the length of one in a line, then its bytes.
-- At the end one line of JSON. A thread that runs out begins again, and says so.
local threads = {}

function setup(thread)
   thread:set("place", #threads)
   table.insert(threads, thread)
end

function init(args)
   local file, count = assert(io.open(args[1], "rb")), tonumber(args[2])
   requests, sent = {}, 0
   local number, length = 0, file:read("*l")
   while length do
      local one = file:read(tonumber(length))
      if number % count == place then
         table.insert(requests, one)
      end
      number, length = number + 1, file:read("*l")
   end
   file:close()
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
