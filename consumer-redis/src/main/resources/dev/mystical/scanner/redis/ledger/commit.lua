
-- Writes everything that one step of a scan changes, or nothing.
--
-- Redis rolls nothing back, so whatever can be refused is looked at before the first write:
-- the version, the kinds of the keys, every number. The first write is a SET because it is
-- among the commands that Redis refuses when it is out of memory, read-only or cannot save, and
-- once one write of a script went through, the later ones are not refused for those reasons.
--
-- A version is the time in us, and at least one more than the version before it. So the version
-- that a writer remembers from before Redis lost some or all data fits nothing that is written
-- afterwards, not even where as many commits happened since.
--
-- A timer that is due by now is left so: an event has asked for another look, maybe after the one
-- that this commit comes from.
--
-- A webhook is written once: whoever got it must get the same again, so one that is kept keeps its
-- bytes although its scan was lost, rebuilt, and has ended anew. It is sent if it has not ended.
--
-- A scan that must not have begun is not written either while the ledger may lack it, as load.lua
-- tells: looked at before the step, the ledger might be lost between the two.
--
-- KEYS  1 scan  2 due  3 events  4 outbox  5 what the keys of webhooks begin with  6 errors
--       7 marker  8 tasks  9 the index of all scans  10 that of the tenant's  11 reconciled
-- ARGV  1 the version that must stand, or '' where no scan may
--       2 the document
--       3 after how many ms it goes, or '' to keep it
--       4 how many entries a stream keeps, about
--       5 counts of timers, tasks, events, webhooks, errors, parted by blanks; then, in a row,
--         a timer    member, due in ms or '' to take it away
--         a task     its name, member, or '' where the task is over
--         an event   JSON, count of words, name, value, name, value ...
--         a webhook  id, URL, body, tenant, scan's id
--         an error   as an event
--         and at the end the scan's name in the index, when it was created in ms, after how many
--         ms ended scans go, and since when it may have begun in us, or '' where that is no matter
-- Gives {now in us, the new version}, or where another one stands, what load.lua gives
local time = redis.call('TIME')
local now = time[1] .. string.format('%06d', time[2])
local before, document = standing(KEYS[1])
local doubtful = doubtfulBefore(KEYS[7], KEYS[11], now)
local asked = ARGV[#ARGV]
if before ~= ARGV[1] or asked ~= '' and tonumber(doubtful) > tonumber(asked) then
  return { now, doubtful, before, document }
end

kind(KEYS[2], 'zset')
kind(KEYS[3], 'stream')
kind(KEYS[4], 'zset')
kind(KEYS[6], 'stream')
kind(KEYS[8], 'hash')
kind(KEYS[9], 'zset')
kind(KEYS[10], 'zset')

local at = 6
local function take(count)
  local first = at
  at = at + count
  return first
end
local function takeEvent()
  local first = take(2)
  take(assert(tonumber(ARGV[first + 1]), 'a count of words'))
  return first
end

local counts = {}
for count in string.gmatch(ARGV[5], '%d+') do
  counts[#counts + 1] = tonumber(count)
end
local timers, tasks, events, webhooks, errors = {}, {}, {}, {}, {}
for i = 1, counts[1] do timers[i] = take(2) end
for i = 1, counts[2] do tasks[i] = take(2) end
for i = 1, counts[3] do events[i] = takeEvent() end
for i = 1, counts[4] do webhooks[i] = take(5) end
for i = 1, counts[5] do errors[i] = takeEvent() end
local place = take(4)
assert(at == #ARGV + 1, 'every argument has its place')
assert(ARGV[3] == '' or tonumber(ARGV[3]), 'a retention')
assert(tonumber(ARGV[4]), 'a length of streams')
assert(tonumber(ARGV[place + 1]) and tonumber(ARGV[place + 2]), 'a place in the index')
for _, timer in ipairs(timers) do
  assert(ARGV[timer + 1] == '' or tonumber(ARGV[timer + 1]), 'a due time')
end
for _, webhook in ipairs(webhooks) do
  kind(KEYS[5] .. ARGV[webhook], 'hash')
end

local version = now
if before ~= '' and tonumber(before) >= tonumber(now) then
  version = string.format('%.0f', tonumber(before) + 1)
end

if ARGV[3] == '' then
  redis.call('SET', KEYS[1], version .. ' ' .. ARGV[2])
else
  redis.call('SET', KEYS[1], version .. ' ' .. ARGV[2], 'PX', ARGV[3])
end
-- With every commit, so that all that lives is listed although the index was lost, or is new.
enlist(KEYS[9], KEYS[10], ARGV[place], ARGV[place + 1], ARGV[place + 2], now)
local millis = math.floor(tonumber(now) / 1000)
for _, timer in ipairs(timers) do
  local due = tonumber(redis.call('ZSCORE', KEYS[2], ARGV[timer]) or nil)
  if ARGV[timer + 1] == '' then
    redis.call('ZREM', KEYS[2], ARGV[timer])
  elseif not due or due > millis then
    redis.call('ZADD', KEYS[2], ARGV[timer + 1], ARGV[timer])
  end
end
for _, task in ipairs(tasks) do
  if ARGV[task + 1] == '' then
    redis.call('HDEL', KEYS[8], ARGV[task])
  else
    redis.call('HSET', KEYS[8], ARGV[task], ARGV[task + 1])
  end
end
local function tell(key, first)
  local words = { 'XADD', key, 'MAXLEN', '~', ARGV[4], '*' }
  for i = first + 2, first + 1 + tonumber(ARGV[first + 1]) do
    words[#words + 1] = ARGV[i]
  end
  redis.call(unpack(words))
  redis.call('PUBLISH', key, ARGV[first])
end
for _, event in ipairs(events) do tell(KEYS[3], event) end
for _, webhook in ipairs(webhooks) do
  local key = KEYS[5] .. ARGV[webhook]
  if redis.call('EXISTS', key) == 0 then
    redis.call('HSET', key, 'url', ARGV[webhook + 1], 'body', ARGV[webhook + 2],
      'tenant', ARGV[webhook + 3], 'scan', ARGV[webhook + 4], 'tries', '0', 'status', 'PENDING')
  end
  if redis.call('HGET', key, 'status') == 'PENDING' then
    redis.call('ZADD', KEYS[4], 'NX', string.format('%.0f', millis), ARGV[webhook])
  end
end
for _, event in ipairs(errors) do tell(KEYS[6], event) end
redis.call('SET', KEYS[7], now, 'NX')
return { now, version }
