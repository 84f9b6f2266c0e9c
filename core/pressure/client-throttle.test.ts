import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { ClientThrottle } from "./client-throttle.ts";

/** Submit `perSecond` for so long to a server that accepts at most `capacity` a second; what was sent, a second each. */
function load(throttle: ClientThrottle, from: number, seconds: number, perSecond: number, capacity: number) {
  const random = seededRandom(1);
  const sent: number[] = [];
  for (let second = from; second < from + seconds; second++) {
    let sentNow = 0;
    let accepted = 0;
    for (let n = 0; n < perSecond; n++) {
      const nowMs = second * 1_000 + (n * 1_000) / perSecond;
      if (!throttle.maySend(nowMs, random)) continue;
      sentNow++;
      throttle.answered(nowMs, accepted++ < capacity);
    }
    sent.push(sentNow);
  }
  return sent;
}

describe("the client throttle", () => {
  it("holds nothing back while no more than half is refused", () => {
    const throttle = new ClientThrottle();
    expect(load(throttle, 0, 60, 100, 60).every((count) => count === 100)).toBe(true);
  });

  it("holds nothing back of a burst while nothing has been answered yet", () => {
    const throttle = new ClientThrottle();
    const sent = Array.from({ length: 1_000 }, () => throttle.maySend(0, () => 0));
    expect(sent.every(Boolean)).toBe(true);
  });

  it("comes down to about twice what is accepted", () => {
    const throttle = new ClientThrottle();
    const sent = load(throttle, 0, 180, 1_000, 50);
    const last = sent.slice(-30).reduce((sum, count) => sum + count, 0) / 30;
    expect(last).toBeGreaterThan(70);
    expect(last).toBeLessThan(140);
  });

  it("sends a tenth while everything is refused, so that it hears of the end", () => {
    const throttle = new ClientThrottle();
    const sent = load(throttle, 0, 300, 1_000, 0);
    const last = sent.slice(-120).reduce((sum, count) => sum + count, 0) / 120;
    expect(last).toBeGreaterThan(90);
    expect(last).toBeLessThan(110);
  });

  it("opens again within four minutes of the server's recovery, however long all was refused", () => {
    const throttle = new ClientThrottle();
    load(throttle, 0, 120, 100, 0);
    const sent = load(throttle, 120, 240, 100, 1_000);
    expect(sent.at(-1)).toBe(100);
  });

  it("forgets what is older than two minutes", () => {
    const throttle = new ClientThrottle();
    load(throttle, 0, 10, 100, 0);
    expect(throttle.refusedShare(10_000)).toBe(0.9);
    expect(throttle.refusedShare(140_000)).toBe(0);
  });
});
