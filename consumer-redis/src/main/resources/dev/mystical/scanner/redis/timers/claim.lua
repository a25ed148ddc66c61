-- Takes runs that are due, the longest due first, and puts each off by a lease.
--
-- The end of the lease is what marks a timer as claimed, and by whom: it is no whole millisecond,
-- as the times are that commits and events set, and no other claim ends in the same microsecond.
--
-- KEYS  1 due  2 events seen
-- ARGV  1 how many at most  2 the lease in us
-- Gives {now in us, the end of the lease in us, when the next one is due in us or '',
--        1 if events flow or 0, member, member ...}
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local lease = now + tonumber(ARGV[2])
if lease % 1000 == 0 then
  lease = lease + 1
end

local members = redis.call('ZRANGE', KEYS[1], '-inf', string.format('%.0f', math.floor(now / 1000)),
  'BYSCORE', 'LIMIT', 0, ARGV[1])
local score = string.format('%.0f.%03d', math.floor(lease / 1000), lease % 1000)
for _, member in ipairs(members) do
  redis.call('ZADD', KEYS[1], score, member)
end
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
local answer = {
  string.format('%.0f', now),
  string.format('%.0f', lease),
  first[2] and string.format('%.0f', math.ceil(tonumber(first[2]) * 1000)) or '',
  redis.call('EXISTS', KEYS[2]),
}
for _, member in ipairs(members) do
  answer[#answer + 1] = member
end
return answer
