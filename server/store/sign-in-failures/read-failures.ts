import type { Queryable } from "#db/client.ts";

export interface FailureTimes {
  nowMs: number;
  accountFailuresMs: number[];
  addressFailuresMs: number[];
}

/** When the latest sign-ins to an account and from an address failed, within `spanMs`; at most as many of each as count. */
export async function readFailures(
  transaction: Queryable,
  of: { account: Uint8Array; address: string; spanMs: number; accountLimit: number; addressLimit: number },
): Promise<FailureTimes> {
  const { rows } = await transaction.query({
    name: "read-sign-in-failures",
    text: `select signalbox.now_ms()::float8 as "nowMs",
        array(select (extract(epoch from at) * 1000)::float8 from signalbox.sign_in_failures
          where account = $1 and at > clock_timestamp() - $3 * interval '1 millisecond' order by at desc limit $4) as "accountFailuresMs",
        array(select (extract(epoch from at) * 1000)::float8 from signalbox.sign_in_failures
          where address = $2 and at > clock_timestamp() - $3 * interval '1 millisecond' order by at desc limit $5) as "addressFailuresMs"`,
    values: [of.account, of.address, of.spanMs, of.accountLimit, of.addressLimit],
  });
  return rows[0] as FailureTimes;
}
