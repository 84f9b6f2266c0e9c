import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redacted, redactText, redactValue } from "./redact.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const random = (length: number) =>
  fc
    .array(fc.constantFrom(...letters), { minLength: length, maxLength: length })
    .map((one) => `${one.join("")}7Q`);

const shapes: [string, (secret: string) => string, fc.Arbitrary<string>][] = [
  ["an authorization header", (s) => `Authorization: Bearer ${s}\nhost: a.example`, random(20)],
  ["an authorization header in JSON", (s) => `{"headers":{"Authorization":"Basic ${s}="}}`, random(20)],
  ["a bearer token in a sentence", (s) => `rejected bearer ${s} for this call`, random(20)],
  ["a password in an address", (s) => `connect postgres://app:${s}@db.internal:5432/app failed`, random(8)],
  ["a token in a query", (s) => `GET https://a.example/x?access_token=${s}&page=2`, random(16)],
  ["a password by its key", (s) => `login with password=${s} failed`, random(6)],
  ["a secret in JSON", (s) => `{"client_secret":"${s}","id":"7"}`, random(10)],
  ["a secret in escaped JSON", (s) => `"{\\"apiKey\\":\\"${s}\\"}"`, random(10)],
  ["a Stripe key", (s) => `bad key sk_live_${s}`, random(20)],
  ["an OpenAI key", (s) => `Incorrect API key provided: sk-${s}`, random(30)],
  ["a GitHub token", (s) => `cloning with ghp_${s}`, random(34)],
  ["a Slack token", (s) => `posting with xoxb-${s}`, random(24)],
  ["a Google key", (s) => `calling with AIza${s}`, random(33)],
  ["a JWT", (s) => `got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${s}`, random(30)],
  [
    "a private key",
    (s) => `-----BEGIN RSA PRIVATE KEY-----\n${s}\n-----END RSA PRIVATE KEY-----`,
    random(60),
  ],
  ["a private key that was cut", (s) => `-----BEGIN PRIVATE KEY-----\n${s}`, random(60)],
  ["a cookie", (s) => `Cookie: sid=${s}; theme=dark`, random(20)],
];

describe("redactText", () => {
  for (const [what, text, secret] of shapes)
    it(`takes out ${what}`, () => {
      fc.assert(
        fc.property(secret, (one) => {
          const clean = redactText(text(one));
          expect(clean).not.toContain(one);
          expect(clean).toContain(redacted);
        }),
      );
    });

  it.each(["4242424242424242", "4242 4242 4242 4242", "3782-822463-10005", "6011111111111117"])(
    "takes out the card number %s",
    (card) => {
      expect(redactText(`charged ${card} twice`)).toBe(`charged ${redacted} twice`);
    },
  );

  it("takes the AWS key id out", () => {
    expect(redactText("signed by AKIAIOSFODNN7EXAMPLE.")).toBe(`signed by ${redacted}.`);
  });

  it.each([
    "connect ECONNREFUSED 127.0.0.1:5432",
    "Unexpected token: expected a string",
    "basic authentication failed",
    "max_tokens: 4096, prompt_tokens: 12",
    "idempotencyKey: invoice-42",
    "at 1736942400000 after 1234567890123456 ns",
    "password policy: at least 12 characters",
    'violates unique constraint "users_email_key"',
    "https://a.example/x?page=2&sort=name",
    "job 018f4e2a-6c1d-7b3e-9a55-0c8d2f6b7a10 failed",
  ])("leaves %s as it is", (text) => {
    expect(redactText(text)).toBe(text);
  });

  const pieces = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "password=",
      "token: ",
      "Bearer ",
      '"secret":"',
      "://u:",
      "@",
      "\n",
      "'",
      "[redacted]",
      "Authorization: ",
      "4242424242424242",
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x",
      "-----BEGIN PRIVATE KEY-----",
      "sk_live_",
      "a1B2c3D4e5F6g7H8i9",
    ),
  );
  const anyText = fc.array(pieces, { maxLength: 12 }).map((list) => list.join(""));

  it("changes nothing when done again", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = redactText(text);
        expect(redactText(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("redactValue", () => {
  it("takes out what a key names, whatever it holds, and secrets inside texts", () => {
    expect(
      redactValue({
        user: "kim",
        password: "hunter",
        nested: [{ apiKey: { a: 1 } }, "Bearer abc123def456"],
        card: 4_242_424_242_424_242,
      }),
    ).toEqual({
      user: "kim",
      password: redacted,
      nested: [{ apiKey: redacted }, `Bearer ${redacted}`],
      card: redacted,
    });
  });

  it("leaves nothing, yes and no under such keys, and counts", () => {
    const value = { password: null, token: false, maxTokens: 100 };
    expect(redactValue(value)).toEqual(value);
  });

  it("changes nothing when done again, and never changes what it is given", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const before = structuredClone(value);
        const once = redactValue(value);
        expect(value).toEqual(before);
        expect(redactValue(once)).toEqual(once);
      }),
    );
  });

  it("answers values that are deep, circular or throw", () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(JSON.stringify(redactValue(circle))).toContain(redacted);
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("no");
        },
      },
    );
    expect(redactValue({ hostile })).toBe(redacted);
  });
});
