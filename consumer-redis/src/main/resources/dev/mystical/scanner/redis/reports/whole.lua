-- Whether a report is there with all of its chunks. A hash has a field for each chunk, and two that
-- say how many those are and which writing of the report they are of.
local function whole(report)
  local chunks = redis.call('HGET', report, 'chunks')
  return chunks and redis.call('HLEN', report) == tonumber(chunks) + 2
end
