-- Asks for one call: a place in a shared pace, unless a gate is closed. RunTask and StopTask share
-- one pace; calls that read have another, and no gates.
--
-- The pace is a GCRA with reservation. What is kept is one time: when the calls let in so far will
-- all have had their share (the "theoretical arrival time"). A call that is let in moves it on by
-- one interval, and may be made once it is less than a burst ahead. So a caller is told at once
-- when its turn is, nobody asks twice, and nobody is overtaken for ever. All times are Redis' own.
--
-- A closed gate lets one call through at each of its probe times. Handing out the probe moves that
-- time on, so that of many only one gets it, and a prober that dies is followed by another.
--
-- KEYS  1 pace, 2 ... the gates that concern the call
-- ARGV  1 interval in us  2 burst in calls  3 the longest reservation ahead, in us
-- Gives {'go', in us} | {'probe', in us, number of a gate, ...} | {'closed', in us, number of the gate}
--       | {'full', in us}
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local interval, burst, longest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

local answer, closed, wait = { 'go', 0 }, nil, 0
for i = 2, #KEYS do
  local probe = tonumber(redis.call('HGET', KEYS[i], 'probe') or nil)
  if probe then
    answer[1] = 'probe'
    answer[#answer + 1] = i - 2
    if probe - now > wait then
      closed, wait = i - 2, probe - now
    end
  end
end
if closed then
  return { 'closed', wait, closed }
end

local arrival = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now) + interval
local turn = math.max(0, arrival - burst * interval - now)
if turn > longest then
  return { 'full', math.ceil(turn - longest) }
end
answer[2] = math.ceil(turn)
-- Kept for as long as it says anything.
redis.call('SET', KEYS[1], string.format('%.0f', arrival), 'PX',
  string.format('%.0f', math.ceil((arrival - now) / 1000) + 1))
for i = 3, #answer do
  local gate = KEYS[answer[i] + 2]
  local every = tonumber(redis.call('HGET', gate, 'every'))
  redis.call('HSET', gate, 'probe', string.format('%.0f', now + turn + every))
end
return answer
