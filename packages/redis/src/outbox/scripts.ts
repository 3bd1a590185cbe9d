import { PRELUDE } from '../lease-scripts.ts';
import { RedisScript } from '../script.ts';

/**
 * Appends exposures, all of them or none, and makes room by dropping the oldest. Gives how many were
 * dropped. Streams are trimmed in blocks: up to a hundred more than the limit may stay.
 *
 * Keys: stream, counters. Arguments: the most exposures to keep, then each exposure.
 */
export const APPEND = new RedisScript(`${PRELUDE}
own(KEYS[1], 'stream')
own(KEYS[2], 'hash')
for i = 2, #ARGV do redis.call('XADD', KEYS[1], '*', 'exposure', ARGV[i]) end
local trimmed = redis.call('XTRIM', KEYS[1], 'MAXLEN', '~', ARGV[1])
if trimmed > 0 then redis.call('HINCRBY', KEYS[2], 'trimmed', trimmed) end
return trimmed
`);

/** Removes what was delivered. Key: stream. Arguments: the ids of the entries. */
export const REMOVE = new RedisScript(`
redis.call('XDEL', KEYS[1], unpack(ARGV))
if redis.call('XLEN', KEYS[1]) == 0 then redis.call('DEL', KEYS[1]) end
return 1
`);
