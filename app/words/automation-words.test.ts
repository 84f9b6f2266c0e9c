import { describe, expect, it } from "vitest";
import { breakerActKinds } from "#core/breaker/breaker-act.ts";
import { automationWords, sayAutomation, sayAutomationAlone, sayFigure } from "./automation-words.ts";

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
    expect(sayFigure("inARow", 5)).toEqual({ name: "in a row", value: "5" });
    expect(sayFigure("rule", "row")).toEqual({ name: "rule", value: "row" });
  });
});
