/** Largest job id: ids are positive Postgres bigints. */
const largestId = 9_223_372_036_854_775_807n;

/** Whether a text can be a job id: decimal, positive, within a bigint, in its only spelling. */
export function isJobId(text: string): boolean {
  return /^[1-9][0-9]{0,18}$/.test(text) && BigInt(text) <= largestId;
}
