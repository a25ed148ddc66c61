-- Some names of an index, those of the newest scans first, from a place on.
--
-- What stands before the place is counted, so that it needs not be there (any more). Names of one
-- score stand in the order of their bytes, and half of them are ruled out with each look, as there
-- may be any number of them. Lua's own comparison follows the locale.
--
-- KEYS  1 the index
-- ARGV  1 how many at most  2 the score at the place, or '' for the start  3 the name at the place
-- Gives {name, score, name, score ...}
local function before(a, b)
  for i = 1, math.min(#a, #b) do
    local x, y = string.byte(a, i), string.byte(b, i)
    if x ~= y then
      return x < y
    end
  end
  return #a < #b
end

local first = 0
if ARGV[2] ~= '' then
  first = redis.call('ZCOUNT', KEYS[1], '(' .. ARGV[2], '+inf')
  local last = first + redis.call('ZCOUNT', KEYS[1], ARGV[2], ARGV[2])
  while first < last do
    local middle = math.floor((first + last) / 2)
    local name = redis.call('ZRANGE', KEYS[1], middle, middle, 'REV')[1]
    if before(name, ARGV[3]) then
      last = middle
    else
      first = middle + 1
    end
  end
end
return redis.call('ZRANGE', KEYS[1], first, first + tonumber(ARGV[1]) - 1, 'REV', 'WITHSCORES')
