import { expect, test } from "vitest";
import { parseArguments, UsageError } from "./parse-arguments.ts";

const benches = ["drain", "steady"];

test("a bench and its flags are read", () => {
  expect(
    parseArguments(["drain", "--quick", "--json", "--future", "--only", "signalbox,ceiling"], benches),
  ).toEqual({
    bench: "drain",
    quick: true,
    json: true,
    future: true,
    rounds: undefined,
    jobs: undefined,
    only: ["signalbox", "ceiling"],
  });
});

test.each([
  [[], "name a bench"],
  [["drian"], 'no bench named "drian"'],
  [["drain", "steady"], "one bench at a time"],
  [["drain", "--fast"], "--fast"],
  [["drain", "--rounds", "0"], "--rounds must be a whole number"],
  [["drain", "--only", "sidekiq"], "--only knows signalbox"],
  [["steady", "--future"], "--future belongs to drain"],
])("%j is refused as wrong usage", (argv, message) => {
  expect(() => parseArguments(argv, benches)).toThrow(UsageError);
  expect(() => parseArguments(argv, benches)).toThrow(message);
});
