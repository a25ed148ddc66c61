-- Makes a webhook due at another time, if it is still as a claim left it.
-- The first write is one that Redis refuses when it cannot take any.
--
-- KEYS  1 outbox  2 the webhook
-- ARGV  1 the webhook's id  2 the end of the claim's lease in ms  3 due in ms
--       4 how many tries there were with this one, or '' where none was made
-- Gives {1 if it was, else 0}
if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or nil) ~= tonumber(ARGV[2]) then
  return { 0 }
end
if ARGV[4] ~= '' then
  local time = redis.call('TIME')
  redis.call('HSET', KEYS[2], 'tries', ARGV[4])
  if redis.call('HEXISTS', KEYS[2], 'first') == 0 then
    redis.call('HSET', KEYS[2], 'first', time[1] .. string.format('%06d', time[2]))
  end
end
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
return { 1 }
