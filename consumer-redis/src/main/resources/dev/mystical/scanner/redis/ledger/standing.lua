
-- What the scripts that look at scans have in common.

-- The time in us before which scans may be missing.
--
-- A ledger that was never reconciled since its birth, which is its first write, may lack scans
-- that were launched before that; one that has not even been born lacks all of them.
local function doubtfulBefore(marker, reconciled, now)
  if redis.call('EXISTS', reconciled) == 1 then
    return '0'
  end
  return redis.call('GET', marker) or now
end

-- The version and the document of a scan, each '' where there is none. A key of another kind is as
-- unreadable as a bad document, and must not fail what else is asked for either.
local function standing(scan)
  local entry = redis.pcall('HMGET', scan, 'version', 'document')
  if entry.err then
    return 'none', entry.err
  end
  return entry[1] or '', entry[2] or ''
end
