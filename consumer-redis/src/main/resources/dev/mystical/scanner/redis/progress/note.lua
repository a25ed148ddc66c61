-- Notes how far a run is. In one step, so that nothing stays for good.
-- KEYS  1 the scan's progress
-- ARGV  1 provider  2 document  3 after how many ms all of it goes
-- Gives {1}
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return { redis.call('PEXPIRE', KEYS[1], ARGV[3]) }
