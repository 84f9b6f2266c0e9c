import { describe, expect, it } from "vitest";
import { breakerActKinds } from "#core/breaker/breaker-act.ts";
import {
  automationWords,
  orderFigures,
  sayAutomation,
  sayAutomationAlone,
  sayCause,
  sayFigure,
} from "./automation-words.ts";

describe("words of automatic acts", () => {
  it("has one for everything a breaker does", () => {
    for (const kind of breakerActKinds) expect(automationWords.kinds[kind]).toBeDefined();
  });

  it("tells a kind without a word by its own", () => {
    expect(sayAutomation("moon-eclipsed")).toBe("moon eclipsed:");
    expect(sayAutomationAlone("moon-eclipsed")).toBe("moon eclipsed");
    expect(sayAutomationAlone("breaker-opened")).toBe("opened the breaker");
  });

  it("spells figures out with their units", () => {
    expect(sayFigure("bestPerSecond", 12.3456)).toEqual({ name: "best", value: "12.3/s" });
    expect(sayFigure("spanMs", 30_000)).toEqual({ name: "span", value: "30 s" });
    expect(sayFigure("callsBefore", 1_326).value).toBe("1,326");
    expect(sayFigure("inARow", 5)).toEqual({ name: "in a row", value: "5" });
    expect(sayFigure("rule", "row")).toEqual({ name: "rule", value: "row" });
  });

  it("tells an instant as a time of day, not as a span", () => {
    expect(sayFigure("untilMs", Date.UTC(2026, 0, 5, 12, 30)).value).toMatch(/^\d\d:30:00$/);
  });

  it("puts what was before what became of it", () => {
    expect(orderFigures(["to", "from", "class"])).toEqual(["from", "to", "class"]);
    expect(orderFigures(["probes", "toPerSecond", "fromPerSecond"])).toEqual([
      "fromPerSecond",
      "toPerSecond",
      "probes",
    ]);
  });

  it("makes a sentence of a cause, and leaves one alone", () => {
    expect(sayCause("open for 5 s")).toBe("Open for 5 s.");
    expect(sayCause("Class high went from green to red.")).toBe("Class high went from green to red.");
  });
});
