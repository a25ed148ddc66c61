
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

-- The version and the document of a scan, each '' where there is none. The key's value is one text
-- of both, parted by a blank, or by an exclamation mark where the scan was refused: a hash of the two
-- takes 200 bytes more a scan. What is anything else is as unreadable as a bad document, and must
-- not fail what else is asked for either.
local function standing(scan)
  local value = redis.pcall('GET', scan)
  if not value then
    return '', ''
  end
  if type(value) == 'table' then
    return 'none', value.err
  end
  local version, document = string.match(value, '^(%d+)[ !](.*)$')
  return version or 'none', document or ''
end
