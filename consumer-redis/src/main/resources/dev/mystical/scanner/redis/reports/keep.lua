
-- Gives a report its whole time anew.
-- KEYS  1 the report
-- ARGV  1 for how many ms it is kept
-- Gives {1 if it is there, else 0}
if not whole(KEYS[1]) then
  return { 0 }
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return { 1 }
