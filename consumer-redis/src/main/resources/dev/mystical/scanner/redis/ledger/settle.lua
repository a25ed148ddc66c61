
-- Notes that a message is dealt with, tells the feed why, and writes the refused scan where there
-- is one and its key is free; or does nothing, where the message was dealt with before.
-- As in commit.lua the first write is one that Redis refuses when it cannot take any.
--
-- KEYS  1 settled  2 errors  3 marker, and where there is a scan
--       4 the scan  5 the index of all scans  6 that of the tenant's
-- ARGV  1 for how many ms the note stands
--       2 how many entries a stream keeps, about
--       3 the scan's document, or ''
--       4 after how many ms the scan goes
--       5 its name in the index, or ''  6 when it was refused in ms, or ''
--       7 the error's JSON  8 its count of words, and then name, value, name, value ...
-- Gives {now in us, 1 if it was written or 0}
local time = redis.call('TIME')
local now = time[1] .. string.format('%06d', time[2])
if redis.call('EXISTS', KEYS[1]) == 1 then
  return { now, 0 }
end
kind(KEYS[2], 'stream')
if KEYS[4] then
  kind(KEYS[5], 'zset')
  kind(KEYS[6], 'zset')
  assert(tonumber(ARGV[6]), 'a place in the index')
end
assert(tonumber(ARGV[1]) and tonumber(ARGV[2]) and tonumber(ARGV[4]), 'numbers')
assert(#ARGV == 8 + tonumber(ARGV[8]), 'every argument has its place')

redis.call('SET', KEYS[1], now, 'PX', ARGV[1])
if KEYS[4] and redis.call('EXISTS', KEYS[4]) == 0 then
  redis.call('SET', KEYS[4], now .. '!' .. ARGV[3], 'PX', ARGV[4])
  enlist(KEYS[5], KEYS[6], ARGV[5], ARGV[6], ARGV[4], now)
end
local words = { 'XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], '*' }
for i = 9, #ARGV do
  words[#words + 1] = ARGV[i]
end
redis.call(unpack(words))
redis.call('PUBLISH', KEYS[2], ARGV[7])
redis.call('SET', KEYS[3], now, 'NX')
return { now, 1 }
