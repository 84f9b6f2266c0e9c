import { describe, expect, it } from "vitest";
import { defaultPrioritySettings, type PrioritySettings } from "#core/priority/priority-settings.ts";
import { checkPriorities } from "./check-priorities.ts";
import { findPriorityWarnings, toPriorityDraft } from "./priority-draft.ts";

const draft = toPriorityDraft(defaultPrioritySettings);

describe("the priority settings as text fields", () => {
  it("say the same settings", () => {
    const odd: PrioritySettings = { ...defaultPrioritySettings, reservedShare: 0.033 };
    for (const settings of [defaultPrioritySettings, odd])
      expect(checkPriorities(toPriorityDraft(settings))).toEqual({ settings, errors: new Map() });
  });

  it("name the field that is wrong, and floors that are too much together", () => {
    const { errors } = checkPriorities({
      ...draft,
      classes: { ...draft.classes, high: { budget: "soon", slope: "", floor: "21" } },
      reserved: "51",
    });
    expect([...errors.keys()].sort()).toEqual([
      "/classes/high/budgetMs",
      "/classes/high/floorShare",
      "/classes/high/slope",
      "/reservedShare",
    ]);
    const classes = { ...draft.classes };
    for (const name of ["critical", "high", "normal"] as const)
      classes[name] = { ...classes[name], floor: "20" };
    expect([...checkPriorities({ ...draft, classes }).errors.keys()]).toEqual(["/classes"]);
  });

  it("warn of budgets out of order, a class without a floor and no reserve", () => {
    const { classes } = defaultPrioritySettings;
    expect(findPriorityWarnings(defaultPrioritySettings)).toEqual([]);
    const odd = {
      ...classes,
      high: { ...classes.high, budgetMs: 3_600_000 },
      bulk: { ...classes.bulk, floorShare: 0 },
    };
    expect(findPriorityWarnings({ classes: odd, reservedShare: 0 })).toHaveLength(3);
  });
});
