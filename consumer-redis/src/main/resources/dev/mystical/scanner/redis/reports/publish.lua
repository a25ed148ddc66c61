
-- Makes an upload the report, unless a whole one is there already: somebody may be reading it.
-- KEYS  1 the upload  2 the report
-- ARGV  1 how many chunks there must be  2 a name for this writing  3 for how many ms it is kept
-- Gives {1 if there is a report now, 0 if some of the upload was lost}
if redis.call('HLEN', KEYS[1]) ~= tonumber(ARGV[1]) then
  return { 0 }
end
if whole(KEYS[2]) then
  redis.call('DEL', KEYS[1])
else
  redis.call('HSET', KEYS[1], 'chunks', ARGV[1], 'writing', ARGV[2])
  redis.call('RENAME', KEYS[1], KEYS[2])
end
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return { 1 }
