-- What the scripts that write scans have in common; each of them begins with this text.
--
-- The index of scans is made of sorted sets of names by the time at which the scans were created,
-- in ms. One has all, as <tenant>/<id>, and each tenant has one of its ids.
--
-- Scans go by themselves when their time to live is over, and Redis tells nobody. So whoever adds a
-- name looks at some that are old enough to be of gone scans, at another place each time, so that
-- old ones which live are in nobody's way. A name goes only in a step that sees that its scan is
-- gone. The keys of the others follow from that of the index; all that is ours is on one primary.
local LOOKED_AT = 4

-- Throws what is wrong with a key, so that nothing is written then.
local function kind(key, expected)
  local found = redis.call('TYPE', key)['ok']
  if found ~= 'none' and found ~= expected then
    error('WRONGTYPE ' .. key .. ' is no ' .. expected)
  end
end

-- Takes names away whose scans are gone, if there are any among some that were created so many ms
-- ago or more.
local function tidy(all, retention, micros)
  local youngest = math.floor(micros / 1000) - retention
  local old = redis.call('ZCOUNT', all, '-inf', string.format('%.0f', youngest))
  if old == 0 then
    return
  end
  local scan = string.sub(all, 1, -2) -- <prefix>:scans without its last letter
  local first = micros % old
  local names = redis.call('ZRANGE', all, first, first + LOOKED_AT - 1)
  for _, name in ipairs(names) do
    local tenant, id = string.match(name, '^([^/]*)/(.*)$')
    if not tenant then
      redis.call('ZREM', all, name)
    elseif redis.call('EXISTS', scan .. ':' .. tenant .. ':' .. id) == 0 then
      redis.call('ZREM', all, name)
      -- Whatever stands in its place, nothing here may fail what was written before.
      redis.pcall('ZREM', all .. ':' .. tenant, id)
    end
  end
end

local function enlist(all, own, name, created, retention, micros)
  redis.call('ZADD', all, created, name)
  redis.call('ZADD', own, created, string.match(name, '/(.*)$'))
  tidy(all, tonumber(retention), tonumber(micros))
end
