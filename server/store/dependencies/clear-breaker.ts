import type { Queryable } from "#db/client.ts";

/**
 * Make a breaker one that knows nothing: closed, unlimited, an empty body, which whoever runs it takes for a new one. An
 * operator's word on it stays. Its tokens go too: they are made anew by the rate that is set.
 */
export async function clearBreaker(transaction: Queryable, dependencyId: number): Promise<void> {
  await transaction.query({
    text: `update signalbox.breakers set state = 'closed', since_ms = signalbox.now_ms(), until_ms = null,
        rate_per_second = null, multiplier = 1, slow_ms = null, body = '{}' where dependency_id = $1`,
    values: [dependencyId],
  });
  await transaction.query({
    text: "delete from signalbox.dependency_buckets where dependency_id = $1",
    values: [dependencyId],
  });
}
