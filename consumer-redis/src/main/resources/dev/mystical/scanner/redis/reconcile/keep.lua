-- Prolongs the lease of a turn, if it is still the replica's: it is not after a loss either.
-- KEYS  1 the lease
-- ARGV  1 the replica  2 for how many ms; none takes it away
-- Gives {1 if it is, else 0}
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return { 0 }
end
return { redis.call('PEXPIRE', KEYS[1], ARGV[2]) }
