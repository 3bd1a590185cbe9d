import { LEASES } from '../lease-scripts.ts';
import { RedisScript } from '../script.ts';

/**
 * Takes the lease, or renews it, unless the fleet pauses: then nobody gets it until the pause is over. Gives
 * the fencing token and how many fetches in a row have failed; nothing when it is not this worker's turn.
 *
 * Whoever failed last would be the first to come back, and lets others go first for as long as a lease
 * lasts, if there are any. While a worker tries again, that counts as a pause. Whoever has the lease and asks
 * again has not failed since, or would have given it back: failures are forgotten, also where what was fetched
 * could not be stored. So they are where they would last longer than they were to: somebody has set the
 * server's clock back, or another server has taken over.
 *
 * Keys: lease, token, failures. Arguments: owner, milliseconds of the lease, milliseconds of the token.
 */
export const TAKE_TURN = new RedisScript(`${LEASES}
local lease = tonumber(ARGV[2])
own(KEYS[3], 'hash')
local left = redis.call('PTTL', KEYS[3])
local known = redis.call('HMGET', KEYS[3], 'count', 'until', 'failed', 'other', 'lasts')
if left < 0 or left > (number(known[5]) or 0) or holderOf(KEYS[1], lease) == ARGV[1] then
  redis.call('DEL', KEYS[3])
  known = {}
end
local count = number(known[1]) or 0
if count > 0 then
  local pauseEnd = number(known[2]) or 0
  if known[3] ~= ARGV[1] then
    redis.call('HSET', KEYS[3], 'other', '1')
  elseif known[4] then
    pauseEnd = pauseEnd + lease
  end
  if nowMs < pauseEnd then return false end
end
local token = take(KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3])
if not token then return false end
if count > 0 then
  redis.call('HSET', KEYS[3], 'until', text(nowMs + lease), 'lasts', 3 * lease)
  redis.call('PEXPIRE', KEYS[3], 3 * lease)
end
return { token, text(count) }
`);

/**
 * Gives the lease back after a fetch that failed, and has the fleet pause. What is known of failures lasts
 * two leases longer than the pause: by then another has tried again.
 *
 * Keys: lease, failures. Arguments: owner, milliseconds of the lease, milliseconds of the pause, how many
 * fetches in a row have failed.
 */
export const FAIL = new RedisScript(`${LEASES}
giveBack(KEYS[1], ARGV[1])
own(KEYS[2], 'hash')
local lasts = ARGV[3] + 2 * ARGV[2]
redis.call('HSET', KEYS[2], 'count', ARGV[4], 'until', text(nowMs + ARGV[3]), 'failed', ARGV[1], 'lasts', lasts)
redis.call('HDEL', KEYS[2], 'other')
redis.call('PEXPIRE', KEYS[2], lasts)
return 1
`);

/**
 * Gives the lease back, unless another has it. Whoever was trying again leaves that to the next at once.
 *
 * Keys: lease, failures. Argument: owner.
 */
export const LEAVE = new RedisScript(`${LEASES}
if not giveBack(KEYS[1], ARGV[1]) then return 0 end
own(KEYS[2], 'hash')
if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('HSET', KEYS[2], 'until', text(nowMs)) end
return 1
`);
