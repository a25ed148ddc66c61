-- Makes the runs due to which some tasks belong, and notes that events flow if any is ours.
-- Never puts a timer off, and never makes one: a task whose run has none is a leftover, and goes.
--
-- KEYS  1 due  2 tasks  3 events seen
-- ARGV  1 for how many ms events are said to flow, and then names of tasks
-- Gives {how many of the tasks are ours}
local time = redis.call('TIME')
local now = math.floor((tonumber(time[1]) * 1000000 + tonumber(time[2])) / 1000)
local ours = 0
for i = 2, #ARGV do
  local member = redis.call('HGET', KEYS[2], ARGV[i])
  local due = member and redis.call('ZSCORE', KEYS[1], member)
  if due then
    ours = ours + 1
    if tonumber(due) > now then
      redis.call('ZADD', KEYS[1], string.format('%.0f', now), member)
    end
  elseif member then
    redis.call('HDEL', KEYS[2], ARGV[i])
  end
end
if ours > 0 then
  redis.call('SET', KEYS[3], '1', 'PX', ARGV[1])
end
return { ours }
