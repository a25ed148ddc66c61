-- Adds a chunk to a report in the making, which goes by itself once nothing is added for long. In
-- one step, so that nothing stays for good.
-- KEYS  1 the upload
-- ARGV  1 the chunk's number  2 the chunk  3 for how many ms the upload is kept
-- Gives {1}
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return { redis.call('PEXPIRE', KEYS[1], ARGV[3]) }
