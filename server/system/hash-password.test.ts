import { describe, expect, it } from "vitest";
import { hashPassword, verifyPassword } from "./hash-password.ts";

describe("a password's hash", () => {
  it("knows the password again and no other, however its accents were typed", async () => {
    const hash = await hashPassword("caf\u00e9 au lait at nine");
    expect(await verifyPassword("cafe\u0301 au lait at nine", hash)).toBe(true);
    expect(await verifyPassword("cafe au lait at nine", hash)).toBe(false);
  });

  it("is another each time, and names its cost so that a later version can raise it", async () => {
    const [one, other] = await Promise.all([hashPassword("the same words"), hashPassword("the same words")]);
    expect(one).not.toBe(other);
    expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  });

  it("of nobody and a broken one fit no password, not even the empty one", async () => {
    expect(
      await Promise.all([verifyPassword("", null), verifyPassword("", ""), verifyPassword("x", "scrypt$1$")]),
    ).toEqual([false, false, false]);
  });
});
