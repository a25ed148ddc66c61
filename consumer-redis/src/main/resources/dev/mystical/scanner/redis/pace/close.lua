-- Closes a gate, or puts off the probe of a closed one.
-- KEYS  1 the gate
-- ARGV  1 how often it is probed, in us  2 for how many ms a gate that nobody asks for is kept
-- Gives 1 if it was open until now, else 0
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local every = tonumber(ARGV[1])
local closed = redis.call('EXISTS', KEYS[1])
redis.call('HSET', KEYS[1], 'every', ARGV[1], 'probe', string.format('%.0f', now + every))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return { 1 - closed }
