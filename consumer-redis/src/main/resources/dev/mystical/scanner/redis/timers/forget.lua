-- Takes the timers of runs away whose scans are not there, or were refused and so have no runs.
-- In one step, since a message may begin such a scan at any moment.
--
-- KEYS  1 due  2 ... the scan of each run
-- ARGV  the member of each run
-- Gives {how many were taken away}
local gone = 0
for i, member in ipairs(ARGV) do
  local scan = KEYS[i + 1]
  local value = redis.call('GET', scan)
  if not value or string.find(value, '^%d+!') then
    gone = gone + redis.call('ZREM', KEYS[1], member)
  end
end
return { gone }
