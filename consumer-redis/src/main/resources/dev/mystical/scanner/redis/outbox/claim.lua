-- Takes webhooks that are due, the longest due first, and puts each off by a lease.
--
-- The end of the lease is what marks a webhook as claimed, and by whom: it is no whole millisecond,
-- as the times are at which webhooks fall due, and no other claim ends in the same microsecond.
--
-- What cannot be sent, since its hash is gone or no hash, is taken away and named: it would come
-- again and again, before all others.
--
-- KEYS  1 outbox  2 what the keys of webhooks begin with
-- ARGV  1 how many at most  2 the lease in us
-- Gives {now in us, the end of the lease in us, how many are to leave in all, {id taken away ...},
--        and then for each webhook {id, URL, body, tenant, scan's id, tries, first in us or ''}}
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local lease = now + tonumber(ARGV[2])
if lease % 1000 == 0 then
  lease = lease + 1
end

local ids = redis.call('ZRANGE', KEYS[1], '-inf', string.format('%.0f', math.floor(now / 1000)),
  'BYSCORE', 'LIMIT', 0, ARGV[1])
local score = string.format('%.0f.%03d', math.floor(lease / 1000), lease % 1000)
local webhooks, gone = {}, {}
for _, id in ipairs(ids) do
  local kept = redis.pcall('HMGET', KEYS[2] .. id,
    'url', 'body', 'tenant', 'scan', 'tries', 'first')
  if kept.err or not (kept[1] and kept[2] and kept[3] and kept[4] and kept[5]) then
    redis.call('ZREM', KEYS[1], id)
    gone[#gone + 1] = id
  else
    redis.call('ZADD', KEYS[1], score, id)
    webhooks[#webhooks + 1] = { id, kept[1], kept[2], kept[3], kept[4], kept[5], kept[6] or '' }
  end
end
local answer = {
  string.format('%.0f', now),
  string.format('%.0f', lease),
  redis.call('ZCARD', KEYS[1]),
  gone,
}
for _, webhook in ipairs(webhooks) do
  answer[#answer + 1] = webhook
end
return answer
