import { PRELUDE } from '../lease-scripts.ts';
import { RedisScript } from '../script.ts';

const FENCE = `
local function isFenced(key, token, ttl)
  local newest = newestToken(key)
  if newest and newest > tonumber(token) then return true end
  redis.call('SET', key, token, 'PX', ttl)
  return false
end
`;

const script = (body: string) => new RedisScript(PRELUDE + FENCE + body);

/**
 * Stores definitions and publishes that they have changed. Gives their generation; nothing when a newer
 * token was given out, so that whoever was stopped for a while cannot overwrite what came since. Failures
 * are forgotten.
 *
 * Keys: entry, token, failures. Arguments: token, milliseconds to live, owner, channel, data, digest, validator,
 * age in milliseconds, the generation it must exceed.
 */
export const STORE = script(`
if isFenced(KEYS[2], ARGV[1], ARGV[2]) then return false end
own(KEYS[1], 'hash')
local last = math.max(number(redis.call('HGET', KEYS[1], 'generation')) or 0, number(ARGV[9]) or 0)
local generation = text(math.max(nowUs, last + 1))
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'data', ARGV[5], 'digest', ARGV[6], 'validator', ARGV[7],
  'confirmedAt', text(nowMs - tonumber(ARGV[8])), 'generation', generation, 'token', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('DEL', KEYS[3])
redis.pcall('PUBLISH', ARGV[4], ARGV[3])
return generation
`);

/**
 * Keeps definitions that the backend has confirmed. Gives 1; 0 when others, or none, are stored; nothing
 * when a newer token was given out. Failures are forgotten.
 *
 * Keys: entry, token, failures. Arguments: token, milliseconds to live, digest, validator, age in milliseconds.
 */
export const CONFIRM = script(`
if isFenced(KEYS[2], ARGV[1], ARGV[2]) then return false end
own(KEYS[1], 'hash')
redis.call('DEL', KEYS[3])
local stored = redis.call('HMGET', KEYS[1], 'digest', 'generation', 'data')
if stored[1] ~= ARGV[3] or not number(stored[2]) or not stored[3] then return 0 end
redis.call('HSET', KEYS[1], 'validator', ARGV[4], 'confirmedAt', text(nowMs - tonumber(ARGV[5])))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
`);

/**
 * Reads what is stored: digest, validator, generation, age in milliseconds, and the data unless the
 * reader has it; nothing when nothing of ours is stored.
 *
 * Key: entry. Arguments: the digest of what the reader has, the most bytes of data it takes.
 */
export const READ = script(`
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then return false end
local stored = redis.call('HMGET', KEYS[1], 'digest', 'validator', 'generation', 'confirmedAt')
local confirmedAt = tonumber(stored[4] or '')
if not (stored[1] and number(stored[3]) and confirmedAt) then return false end
local data = false
if stored[1] ~= ARGV[1] then
  local size = redis.call('HSTRLEN', KEYS[1], 'data')
  if size > tonumber(ARGV[2]) then
    return redis.error_reply('TOOLARGE the definitions have ' .. size .. ' bytes')
  end
  data = redis.call('HGET', KEYS[1], 'data')
end
return { stored[1], stored[2] or '', stored[3], text(math.max(0, nowMs - confirmedAt)), data }
`);
