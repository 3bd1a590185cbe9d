import { RedisScript } from './script.ts';

/**
 * What all scripts begin with. Tokens and generations are numbers that only grow. They are taken from the
 * server's clock, in microseconds, where that is ahead of the last one: they go on growing when Redis has
 * lost what it knew. A number from the future was written by nobody of ours, and counts as none.
 */
export const PRELUDE = `
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local nowUs = time[1] * 1000000 + time[2]
local function number(text)
  local n = tonumber(text or '')
  if n and n >= 0 and n <= nowUs + 86400000000 then return n end
  return nil
end
local function text(n) return string.format('%.0f', n) end
local function own(key, kind)
  local found = redis.call('TYPE', key).ok
  if found ~= kind and found ~= 'none' then redis.call('DEL', key) end
end
local function newestToken(key)
  own(key, 'string')
  return number(redis.call('GET', key))
end
`;

/** What scripts begin with that take leases, and give them back. */
export const LEASES = `${PRELUDE}
local function holderOf(lease, ms)
  own(lease, 'string')
  local holder = redis.call('GET', lease)
  local left = redis.call('PTTL', lease)
  if left < 0 or left > 10 * tonumber(ms) then return nil end
  return holder
end
local function take(lease, token, owner, ms, tokenMs)
  local holder = holderOf(lease, ms)
  if holder and holder ~= owner then return false end
  local newest = newestToken(token)
  if not (holder and newest) then newest = math.max(nowUs, (newest or 0) + 1) end
  redis.call('SET', lease, owner, 'PX', ms)
  redis.call('SET', token, text(newest), 'PX', tokenMs)
  return text(newest)
end
local function giveBack(lease, owner)
  own(lease, 'string')
  if redis.call('GET', lease) ~= owner then return false end
  redis.call('DEL', lease)
  return true
end
`;

/**
 * Takes the lease, or renews it. Gives the fencing token; nothing when another has the lease. A lease
 * without an end, or with one too far away, is nobody's.
 *
 * Keys: lease, token. Arguments: owner, milliseconds of the lease, milliseconds of the token.
 */
export const LEAD = new RedisScript(`${LEASES}
return take(KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3])
`);

/** Gives the lease back, unless another has it. Key: lease. Argument: owner. */
export const RELEASE = new RedisScript(`${LEASES}
giveBack(KEYS[1], ARGV[1])
return 1
`);
