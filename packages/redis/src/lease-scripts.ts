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

/**
 * Takes the lease, or renews it. Gives the fencing token; nothing when another has the lease. A lease
 * without an end, or with one too far away, is nobody's.
 *
 * Keys: lease, token. Arguments: owner, milliseconds of the lease, milliseconds of the token.
 */
export const LEAD = new RedisScript(`${PRELUDE}
own(KEYS[1], 'string')
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  local left = redis.call('PTTL', KEYS[1])
  if left >= 0 and left <= 10 * tonumber(ARGV[2]) then return false end
  holder = nil
end
local token = newestToken(KEYS[2])
if not (holder and token) then token = math.max(nowUs, (token or 0) + 1) end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('SET', KEYS[2], text(token), 'PX', ARGV[3])
return text(token)
`);

/** Gives the lease back, unless another has it. Key: lease. Argument: owner. */
export const RELEASE = new RedisScript(`${PRELUDE}
own(KEYS[1], 'string')
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`);
