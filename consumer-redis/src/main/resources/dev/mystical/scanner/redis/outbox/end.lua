-- Takes a webhook away from those that are to leave, if it is still as a claim left it, and keeps
-- it for those who ask what became of it.
-- The first write is one that Redis refuses when it cannot take any.
--
-- KEYS  1 outbox  2 the webhook
-- ARGV  1 the webhook's id  2 the end of the claim's lease in ms  3 how it ended
--       4 how many tries there were  5 for how many ms it is kept
-- Gives {1 if it was, now or earlier by the same claim, else 0}
if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or nil) == tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[2], 'status', ARGV[3], 'tries', ARGV[4], 'ended', ARGV[2])
  redis.call('PEXPIRE', KEYS[2], ARGV[5])
  redis.call('ZREM', KEYS[1], ARGV[1])
  return { 1 }
end
return { redis.call('HGET', KEYS[2], 'ended') == ARGV[2] and 1 or 0 }
