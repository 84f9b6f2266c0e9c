import { expect, test } from "vitest";
import { TokenBucket } from "./token-bucket.ts";

function takeAll(bucket: TokenBucket, nowMs: number): number {
  let taken = 0;
  while (bucket.take(nowMs)) taken++;
  return taken;
}

test("a full bucket gives its burst at once and then its rate", () => {
  const bucket = new TokenBucket(200, 20, 1_000);
  expect(takeAll(bucket, 1_000)).toBe(20);
  expect(takeAll(bucket, 1_004)).toBe(0);
  expect(takeAll(bucket, 1_005)).toBe(1);
  expect(takeAll(bucket, 1_055)).toBe(10);
});

test("an idle bucket never holds more than its burst", () => {
  const bucket = new TokenBucket(200, 20, 0);
  expect(takeAll(bucket, 60_000)).toBe(20);
});
