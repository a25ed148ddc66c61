-- Takes a refused scan away, with its names in the index, and nothing else.
-- KEYS  1 the scan  2 the index of all scans  3 that of the tenant's
-- ARGV  1 its name in the first  2 its name in the second
-- Gives {1 if there was one, else 0}
if not string.find(redis.call('GET', KEYS[1]) or '', '^%d+!') then
  return { 0 }
end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[2])
return { redis.call('DEL', KEYS[1]) }
