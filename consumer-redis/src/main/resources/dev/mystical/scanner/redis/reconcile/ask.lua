-- Gives a turn to reconcile to one replica at a time, whose it is until its lease runs out.
--
-- A ledger that is not reconciled is born here, if no commit has done it before. Whatever is asked
-- for after its birth cannot have begun before the loss, so it is held up by none of this, however
-- long it takes.
--
-- KEYS  1 reconciled  2 the lease  3 what stands while it is not time  4 marker
-- ARGV  1 the replica  2 for how many ms a turn is given
-- Gives {'rest' | 'others' | 'routine' | 'reborn'}
local time = redis.call('TIME')
local now = time[1] .. string.format('%06d', time[2])
local whole = redis.call('EXISTS', KEYS[1]) == 1
if whole and redis.call('EXISTS', KEYS[3]) == 1 then
  return { 'rest' }
end
local holder = redis.call('GET', KEYS[2])
if holder and holder ~= ARGV[1] then
  return { 'others' }
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
if whole then
  return { 'routine' }
end
redis.call('SET', KEYS[4], now, 'NX')
return { 'reborn' }
