-- What the ledger has under some keys, its time, and what is in doubt, in one step.
--
-- A ledger that was never reconciled since its birth, which is its first write, may lack scans
-- that were launched before that; one that has not even been born lacks all of them.
--
-- KEYS  1 marker  2 reconciled  3 ... scans
-- Gives {now in us, the time before which scans may be missing in us, and then for each scan
--        version or '', document or ''}
local time = redis.call('TIME')
local now = time[1] .. string.format('%06d', time[2])
local doubtful = '0'
if redis.call('EXISTS', KEYS[2]) == 0 then
  doubtful = redis.call('GET', KEYS[1]) or now
end
local answer = { now, doubtful }
for i = 3, #KEYS do
  -- A key of another kind is as unreadable as a bad document, and must not fail the others either.
  local entry = redis.pcall('HMGET', KEYS[i], 'version', 'document')
  if entry.err then
    entry = { 'none', entry.err }
  end
  answer[#answer + 1] = entry[1] or ''
  answer[#answer + 1] = entry[2] or ''
end
return answer
