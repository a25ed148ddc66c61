
-- What the ledger has under some keys, its time, and what is in doubt, in one step.
--
-- KEYS  1 marker  2 reconciled  3 ... scans
-- Gives {now in us, the time before which scans may be missing in us, and then for each scan
--        version or '', document or ''}
local time = redis.call('TIME')
local now = time[1] .. string.format('%06d', time[2])
local answer = { now, doubtfulBefore(KEYS[1], KEYS[2], now) }
for i = 3, #KEYS do
  answer[#answer + 1], answer[#answer + 2] = standing(KEYS[i])
end
return answer
