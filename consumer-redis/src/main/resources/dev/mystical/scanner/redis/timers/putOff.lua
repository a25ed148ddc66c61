-- Sets other times for runs that are still as a claim left them: neither taken away, nor set anew
-- by a commit or an event, nor claimed again after the lease.
--
-- KEYS  1 due
-- ARGV  1 the end of the claim's lease in ms, and then member, due in ms, member, due in ms ...
-- Gives {how many were set}
local lease = tonumber(ARGV[1])
local set = 0
for i = 2, #ARGV, 2 do
  if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[i]) or nil) == lease then
    redis.call('ZADD', KEYS[1], ARGV[i + 1], ARGV[i])
    set = set + 1
  end
end
return { set }
