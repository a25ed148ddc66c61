-- Makes a webhook due now, whoever has claimed it, its tries counted anew: the bytes that are kept,
-- or else the given ones.
--
-- KEYS  1 outbox  2 the webhook
-- ARGV  1 the webhook's id  2 URL  3 body  4 tenant  5 the scan's id
-- Gives {1 if it was kept, else 0}
local time = redis.call('TIME')
local kept = redis.call('EXISTS', KEYS[2])
redis.call('HSET', KEYS[2], 'tries', '0', 'status', 'PENDING')
if kept == 0 then
  redis.call('HSET', KEYS[2], 'url', ARGV[2], 'body', ARGV[3], 'tenant', ARGV[4], 'scan', ARGV[5])
end
redis.call('HDEL', KEYS[2], 'first', 'ended')
redis.call('PERSIST', KEYS[2])
local millis = math.floor((tonumber(time[1]) * 1000000 + tonumber(time[2])) / 1000)
redis.call('ZADD', KEYS[1], string.format('%.0f', millis), ARGV[1])
return { kept }
