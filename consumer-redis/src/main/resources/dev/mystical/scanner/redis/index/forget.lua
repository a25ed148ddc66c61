-- Takes the names of scans away that are not there. In one step, since a message may begin such a
-- scan at any moment.
--
-- KEYS  1 the index of all scans, and then scan, its tenant's index, scan, its tenant's index ...
-- ARGV  name in the first, name in the tenant's, name in the first, name in the tenant's ...
-- Gives {how many were gone}
local gone = 0
for i = 1, #ARGV, 2 do
  if redis.call('EXISTS', KEYS[i + 1]) == 0 then
    redis.call('ZREM', KEYS[1], ARGV[i])
    redis.call('ZREM', KEYS[i + 2], ARGV[i + 1])
    gone = gone + 1
  end
end
return { gone }
