import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonPointer } from "../validation-error.ts";
import { looksLikePlaceholder } from "./placeholder.ts";
import { type RedactionSettings, redactionSettingsSchema } from "./redaction-settings.ts";
import { Redactor } from "./redactor.ts";

const builtIn = new Redactor({ emails: false, rules: [] });
const redactorOf = (rules: RedactionSettings["rules"], emails = false) => new Redactor({ emails, rules });
const jsonOf = (value: unknown, redactor = builtIn, definition: string | null = null) =>
  redactor.json(JSON.stringify(value), definition);

describe("JSON", () => {
  it("loses the value under a secret's name, whatever it is, and says by which rule", () => {
    const { text, redactions } = jsonOf({ user: { password: "hunter2", apiKey: { a: 1 } }, items: 3 });
    expect(JSON.parse(text)).toEqual({
      user: { password: '••• key rule "password" #1', apiKey: '••• key rule "apikey" #2' },
      items: 3,
    });
    expect(redactions.map(({ pointer, kind, rule }) => [pointer, kind, rule])).toEqual([
      ["/user/password", "key", "password"],
      ["/user/apiKey", "key", "apikey"],
    ]);
  });

  it.each([
    ["a JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghijk", "token"],
    ["a card number", "4111 1111 1111 1111", "card number"],
    ["a card number as a number", 4111111111111111, "card number"],
    ["a connection string", "postgres://app:pa55word@db/main", "connection string"],
    [
      "a private key",
      "-----BEGIN RSA PRIVATE KEY-----\nMIIEow==\n-----END RSA PRIVATE KEY-----",
      "private key",
    ],
    ["an authorization header", "Authorization: Basic dXNlcjpwYXNz", "authorization"],
  ])("loses %s under any name", (_what, value, rule) => {
    expect(jsonOf({ note: value }).redactions).toMatchObject([{ pointer: "/note", kind: "value", rule }]);
  });

  it("keeps what only looks like a secret: page tokens, null under a secret's name, numbers that are no card", () => {
    const value = {
      nextPageToken: "abc",
      maxTokens: 5,
      password: null,
      order: 4111111111111112,
      at: "12:30",
    };
    expect(JSON.parse(jsonOf(value).text)).toEqual(value);
  });

  it("is otherwise the text it was: numbers unrounded, doubled and hostile keys in their order", () => {
    const text = '{"n":12345678901234567890,"n":1e400,"__proto__":{"x":1}, "constructor" : [ ] }';
    expect(builtIn.json(text, null)).toEqual({ text, redactions: [] });
  });

  it("costs no stack: 10,000 levels are walked and what is inside is found", () => {
    const depth = 10_000;
    const text = `${'{"a":['.repeat(depth)}{"password":"deep"}${"]}".repeat(depth)}`;
    const shown = builtIn.json(text, null);
    expect(shown.redactions).toHaveLength(1);
    expect(shown.text).not.toContain("deep");
  });

  it("that is none is shown as one clean text", () => {
    expect(builtIn.json('{"password": "hunter2', null).text).not.toContain("hunter2");
  });
});

describe("the operators' rules", () => {
  it("name keys without regard to case, with * at the ends", () => {
    const redactor = redactorOf([
      { kind: "key", name: "plates", key: "*plate" },
      { kind: "key", name: "exact", key: "Room" },
    ]);
    const value = { licencePLATE: "AB-1", plateau: "high", room: 7, roommate: "x" };
    expect(jsonOf(value, redactor).redactions.map(({ pointer }) => pointer)).toEqual([
      "/licencePLATE",
      "/room",
    ]);
  });

  it("name places of one definition, * for any step, and leave other definitions alone", () => {
    const redactor = redactorOf([
      { kind: "path", name: "guests", definition: "book-table", path: "/guests/*/name" },
    ]);
    const value = { guests: [{ name: "Ann", seat: 1 }, { name: "Bo" }], name: "Table 4" };
    const found = jsonOf(value, redactor, "book-table").redactions;
    expect(found.map(({ pointer, rule }) => [pointer, rule])).toEqual([
      ["/guests/0/name", "guests"],
      ["/guests/1/name", "guests"],
    ]);
    expect(jsonOf(value, redactor, "send-mail").redactions).toEqual([]);
  });

  it("name patterns of values, in JSON and inside texts", () => {
    const redactor = redactorOf([{ kind: "value", name: "customer", pattern: "CU-[0-9]{6}" }]);
    expect(jsonOf({ who: "CU-123456" }, redactor).redactions).toMatchObject([{ rule: "customer" }]);
    expect(redactor.text("no customer CU-123456 $& here")).toBe("no customer [redacted] $& here");
    expect(redactor.facts('{"who":"CU-123456","n":1}')).toBe('{"who":"[redacted]","n":1}');
  });

  it("take e-mail addresses out only when asked to", () => {
    expect(builtIn.text("to ann@example.com")).toBe("to ann@example.com");
    expect(redactorOf([], true).text("to ann@example.com")).toBe("to [redacted]");
  });

  it.each([
    [{ kind: "value", name: "x", pattern: "(?=a)a" }, /look/],
    [{ kind: "value", name: "x", pattern: "a*" }, /nothing at all/],
    [{ kind: "value", name: "x", pattern: "a".repeat(513) }, /at most/],
    [{ kind: "key", name: "x", key: "a*b" }, /ends|end/],
    [{ kind: "path", name: "x", definition: "*", path: "user.email" }, /pointer/],
  ])("are refused with the reason: %j", (rule, reason) => {
    const parsed = redactionSettingsSchema.safeParse({ rules: [rule] });
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues[0]?.message).toMatch(reason);
  });

  it("answer in linear time, whatever the pattern", { timeout: 2_000 }, () => {
    const redactor = redactorOf([{ kind: "value", name: "evil", pattern: "(a+)+$" }]);
    const text = `${"a".repeat(8_192)}!`;
    expect(redactor.text(text)).toBe(text);
  });
});

const secretNames = ["password", "client_secret", "Authorization", "api-key", "accessToken", "private_key"];
const canary = fc.stringMatching(/^canary[a-z0-9]{12}$/);
const tree = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("node"), { maxKeys: 4 }),
  ),
})).node;

describe("laws", () => {
  it("no canary under a secret's name comes through, wherever it stands", () => {
    fc.assert(
      fc.property(
        tree,
        fc.constantFrom(...secretNames),
        canary,
        fc.array(fc.string(), { maxLength: 4 }),
        (other, name, secret, path) => {
          let value: unknown = { [name]: { inner: [secret, { again: secret }] }, other };
          for (const step of path) value = { [step]: [value], other };
          const { text, redactions } = jsonOf(value);
          expect(text).not.toContain(secret);
          expect(redactions.length).toBeGreaterThan(0);
          const facts = builtIn.facts(JSON.stringify(value));
          expect(facts).not.toContain(secret);
          expect(() => JSON.parse(facts)).not.toThrow();
        },
      ),
    );
  });

  it("every pointer leads to its placeholder, and nothing else is changed", () => {
    fc.assert(
      fc.property(tree, canary, (other, secret) => {
        const value = { other, token: secret, list: [{ password: secret }] };
        const { text, redactions } = jsonOf(value);
        const found = new Map<string, string>();
        const walk = (at: unknown, steps: string[]): void => {
          if (looksLikePlaceholder(at)) found.set(jsonPointer(steps), at);
          else if (typeof at === "object" && at !== null)
            for (const [key, child] of Object.entries(at)) walk(child, [...steps, key]);
        };
        walk(JSON.parse(text), []);
        expect([...found]).toEqual(redactions.map(({ pointer, placeholder }) => [pointer, placeholder]));
      }),
    );
  });
});
