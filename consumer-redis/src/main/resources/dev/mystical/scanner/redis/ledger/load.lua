-- What the ledger has under a key, and its time, in one step.
-- KEYS  1 the scan
-- Gives {now in us, version or '', document or ''}
local time = redis.call('TIME')
local now = time[1] .. string.format('%06d', time[2])
local entry = redis.call('HMGET', KEYS[1], 'version', 'document')
return { now, entry[1] or '', entry[2] or '' }
