import { describe, expect, test } from "vitest";
import { commandTable } from "./command-table.ts";
import { describeCommands, describeUsage } from "./describe-usage.ts";
import { findCommand } from "./find-command.ts";
import { parseCall } from "./parse-call.ts";
import { readInstant, readJson, readWhole, readWord, readWords } from "./read-option.ts";
import { UsageError } from "./usage-error.ts";

const call = (texts: Record<string, string>) => ({ text: (name: string) => texts[name] });

async function parse(...words: string[]) {
  const found = findCommand(words);
  if (found === null) throw new Error("no command");
  return parseCall(await found.entry.load(), found.rest);
}

describe("the words of a command line", () => {
  test("name a command by one word or two; its arguments and options follow in any order", async () => {
    const parsed = await parse("jobs", "retry", "--reason", "it was down", "42");
    expect(parsed.positionals).toEqual(["42"]);
    expect(parsed.text("reason")).toBe("it was down");
    expect((await parse("enqueue", "x", "--tag", "a", "--tag", "b")).texts("tag")).toEqual(["a", "b"]);
    expect((await parse("up", "--demo")).isSet("demo")).toBe(true);
    expect((await parse("up")).isSet("demo")).toBe(false);
    expect(findCommand([])).toBeNull();
    expect(findCommand(["--json"])).toBeNull();
  });

  test.each([
    [["drill", "kill"], 'there is no command "drill"'],
    [["constructor"], 'there is no command "constructor"'],
    [["jobs"], "signalbox jobs needs one of: list, show, retry, cancel"],
    [["token", "burn"], "signalbox token needs one of: create, list, revoke"],
    [["jobs", "show"], "an argument is missing"],
    [["worker", "a", "b"], '"b" is one argument too many'],
    [["up", "--fast"], "Unknown option '--fast'"],
    [["up", "--port"], "Option '--port <value>' argument missing"],
  ])("%j cannot be meant", async (words, message) => {
    await expect(async () => parse(...words)).rejects.toThrow(new UsageError(message));
  });

  test("--help needs no arguments", async () => {
    expect((await parse("jobs", "show", "--help")).isSet("help")).toBe(true);
  });
});

describe("the value of an option", () => {
  test("is read when it fits and undefined when it is absent", () => {
    const given = call({
      n: "7",
      w: "high",
      ws: "dead,held",
      j: '{"a":[1]}',
      t: "2026-01-31T12:00:00+01:00",
    });
    expect(readWhole(given, "n", { from: 1, to: 7 })).toBe(7);
    expect(readWord(given, "w", ["high", "low"])).toBe("high");
    expect(readWords(given, "ws", ["dead", "held", "ready"])).toEqual(["dead", "held"]);
    expect(readJson(given, "j")).toEqual({ a: [1] });
    expect(readInstant(given, "t")).toBe(Date.UTC(2026, 0, 31, 11));
    for (const read of [readJson, readInstant]) expect(read(given, "absent")).toBeUndefined();
  });

  test.each([
    ["8", /--x is "8": it is a whole number from 1 to 7/],
    ["1e1", /it is a whole number/],
    ["-1", /it is a whole number/],
  ])("%s is refused as a whole number up to 7", (text, message) => {
    expect(() => readWhole(call({ x: text }), "x", { from: 1, to: 7 })).toThrow(message);
  });

  test.each(["noon", "2026-13-01T00:00:00Z", "2026-01-31", "2026-01-31T12:00:00"])(
    "%s is refused as a time",
    (text) => {
      expect(() => readInstant(call({ x: text }), "x")).toThrow(UsageError);
    },
  );

  test("a word or JSON that does not fit is refused with what does", () => {
    expect(() => readWords(call({ x: "dead,lost" }), "x", ["dead", "held"])).toThrow(
      '--x is "lost": it is one of dead, held',
    );
    expect(() => readJson(call({ x: "{" }), "x")).toThrow(/^--x is not JSON: /);
  });
});

describe("the usage", () => {
  test("of every command names each of its options", async () => {
    for (const [words, { load }] of Object.entries(commandTable)) {
      const command = await load();
      const usage = describeUsage(command).join("\n");
      expect(usage).toContain(`usage: signalbox ${words}`);
      for (const name of [...Object.keys(command.options), "json", "help"])
        expect(usage).toContain(`--${name}`);
    }
  });

  test("lists every command and the exit codes, and nothing of later versions", () => {
    const usage = describeCommands(commandTable).join("\n");
    for (const words of Object.keys(commandTable)) expect(usage).toContain(`  ${words} `);
    expect(usage).toContain("0: done, 1: failed, 2: wrong usage");
    expect(usage).not.toMatch(/drill/);
  });
});
