import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { webhookSchema } from "./webhook.ts";
import { mostSends, webhookDelayMs } from "./webhook-delay.ts";

const webhook = { name: "ops", url: "https://hooks.example.com/a?b=c", kinds: [], enabled: true };
const refused = (more: object) => !webhookSchema.safeParse({ ...webhook, ...more }).success;

describe("a webhook", () => {
  it("is an http or https address without a password in it", () => {
    expect(refused({})).toBe(false);
    expect(refused({ url: "http://example.com" })).toBe(false);
    for (const url of [
      "ftp://example.com",
      "javascript:alert(1)",
      "file:///etc/passwd",
      "https://a:b@example.com",
      "x",
    ])
      expect(refused({ url })).toBe(true);
  });

  it("has a name, kinds that there are, and nothing else", () => {
    for (const more of [
      { name: "" },
      { name: " a" },
      { kinds: ["no"] },
      { kinds: ["lost", "lost"] },
      { secret: "x" },
    ])
      expect(refused(more)).toBe(true);
  });
});

describe("the wait before a message is sent again", () => {
  it("grows from five seconds to half an hour, a fifth more or less, and ends after twelve sends", () => {
    const sent = fc.integer({ min: 1, max: mostSends - 1 });
    fc.assert(
      fc.property(sent, fc.double({ min: 0, max: 0.999, noNaN: true }), (number, chance) => {
        const waitMs = webhookDelayMs(number, () => chance) ?? -1;
        const plainMs = Math.min(1_800_000, 5_000 * 2 ** (number - 1));
        expect(waitMs).toBeGreaterThanOrEqual(Math.floor(plainMs * 0.8));
        expect(waitMs).toBeLessThanOrEqual(Math.ceil(plainMs * 1.2));
      }),
    );
    expect(webhookDelayMs(mostSends, () => 0)).toBeNull();
  });
});
