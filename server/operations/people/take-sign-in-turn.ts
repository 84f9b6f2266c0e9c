import { decideThrottle, signInLimits } from "#core/access/throttle.ts";
import { SignalboxError } from "#core/error.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertFailure } from "#server/store/sign-in-failures/insert-failure.ts";
import { lockSignIn } from "#server/store/sign-in-failures/lock-sign-in.ts";
import { readFailures } from "#server/store/sign-in-failures/read-failures.ts";
import type { Engine } from "../engine.ts";

/**
 * Count a try at a password, before the password is looked at, or throw `too_many_requests` with the time to wait. It
 * counts as failed until the caller forgets it, so that many at once are no way around the throttle.
 */
export function takeSignInTurn(
  engine: Pick<Engine, "pool">,
  account: Uint8Array,
  address: string,
): Promise<void> {
  const { spanMs, account: accountLimit, address: addressLimit } = signInLimits;
  return inTransaction(engine.pool, async (transaction) => {
    await lockSignIn(transaction, account, address);
    const failures = await readFailures(transaction, {
      account,
      address,
      spanMs,
      accountLimit,
      addressLimit,
    });
    const decision = decideThrottle(failures);
    if (!decision.allowed) throw tooMany(decision.retryAfterMs);
    await insertFailure(transaction, account, address);
  });
}

function tooMany(retryAfterMs: number): SignalboxError {
  const minutes = Math.ceil(retryAfterMs / 60_000);
  const wait = minutes === 1 ? "1 minute" : `${minutes} minutes`;
  return new SignalboxError(
    "too_many_requests",
    `Too many sign-ins have failed. Try again in ${wait}, or ask an admin for a new password. Nothing was done.`,
    { retryAfterMs },
  );
}
