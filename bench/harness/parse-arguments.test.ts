import { expect, test } from "vitest";
import { parseArguments, UsageError } from "./parse-arguments.ts";

const benches = [{ name: "drain" }, { name: "steady" }, { name: "storm", cases: ["A", "A40", "B"] }];

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
    cases: undefined,
  });
});

test("cases are chosen by name", () => {
  expect(parseArguments(["storm", "--case", "A40,B"], benches)).toMatchObject({ cases: ["A40", "B"] });
});

test("a simulated storm takes seeds and settings", () => {
  const argv = [
    "storm",
    "--simulated",
    "--seeds",
    "50",
    "--set",
    "minimumCalls=10",
    "--set",
    "probes.gapShare=0.05",
  ];
  expect(parseArguments(argv, benches).simulated).toEqual({
    seeds: 50,
    sets: ["minimumCalls=10", "probes.gapShare=0.05"],
  });
  expect(parseArguments(["storm"], benches).simulated).toBeUndefined();
});

test.each([
  [[], "name a bench"],
  [["drian"], 'no bench named "drian"'],
  [["drain", "steady"], "one bench at a time"],
  [["drain", "--fast"], "--fast"],
  [["drain", "--rounds", "0"], "--rounds must be a whole number"],
  [["drain", "--only", "sidekiq"], "--only knows signalbox"],
  [["steady", "--future"], "--future belongs to drain"],
  [["drain", "--case", "A"], "--case has no meaning for drain"],
  [["storm", "--case", "A,C"], '--case of storm knows A, A40, B; not "C"'],
  [["storm", "--jobs", "5"], "--jobs has no meaning for storm"],
  [["drain", "--simulated"], "--simulated belongs to storm"],
  [["storm", "--seeds", "5"], "--seeds and --set belong to --simulated"],
])("%j is refused as wrong usage", (argv, message) => {
  expect(() => parseArguments(argv, benches)).toThrow(UsageError);
  expect(() => parseArguments(argv, benches)).toThrow(message);
});
