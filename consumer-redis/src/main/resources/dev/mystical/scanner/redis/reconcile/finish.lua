-- Ends a turn, if it is still the replica's: the ledger is whole.
--
-- A lease that is gone may have gone with all the rest, after what this turn has seen; then it says
-- nothing of what is there now.
--
-- KEYS  1 reconciled  2 the lease  3 what stands while it is not time  4 marker
-- ARGV  1 the replica  2 for how many ms it is not time
-- Gives {1 if it was, else 0}
local time = redis.call('TIME')
local now = time[1] .. string.format('%06d', time[2])
if redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return { 0 }
end
redis.call('SET', KEYS[1], now, 'NX')
redis.call('SET', KEYS[4], now, 'NX')
redis.call('SET', KEYS[3], now, 'PX', ARGV[2])
redis.call('DEL', KEYS[2])
return { 1 }
