-- Takes a refused scan away, and nothing else.
-- KEYS  1 the scan
-- Gives {1 if there was one, else 0}
if redis.call('HEXISTS', KEYS[1], 'refused') == 0 then
  return { 0 }
end
return { redis.call('DEL', KEYS[1]) }
