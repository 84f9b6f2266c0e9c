import { describe, expect, it } from "vitest";
import { breakerSettingsSchema } from "#core/breaker/breaker-settings.ts";
import { checkSettings } from "./check-settings.ts";
import { toSettingsDraft } from "./settings-draft.ts";

const defaults = breakerSettingsSchema.parse({});
const draft = toSettingsDraft(defaults);

describe("the settings of a dependency as text fields", () => {
  it("say the same settings", () => {
    const odd = breakerSettingsSchema.parse({
      slowMs: 1_500,
      failureThreshold: 0.333,
      rateLimit: { count: 5, perMs: 90_000 },
      probes: { gapShare: 0.007, concurrent: 3 },
      multiplier: { enabled: false },
    });
    for (const settings of [defaults, odd])
      expect(checkSettings(toSettingsDraft(settings))).toEqual({ settings, errors: new Map() });
  });

  it("take an emptied rate and slow limit for none", () => {
    const limited = toSettingsDraft(
      breakerSettingsSchema.parse({ slowMs: 900, rateLimit: { count: 5, perMs: 1_000 } }),
    );
    const { settings } = checkSettings({ ...limited, "/slowMs": " ", "/rateLimit/count": "" });
    expect(settings).toEqual(defaults);
  });

  it("name every field that is wrong", () => {
    const { settings, errors } = checkSettings({
      ...draft,
      "/failureThreshold": "150",
      "/longestOpenMs": "soon",
      "/minimumCalls": "",
      "/rateLimit/count": "0",
      "/retryBudget/ratio": "-1",
    });
    expect(settings).toBeNull();
    expect([...errors.keys()].sort()).toEqual([
      "/failureThreshold",
      "/longestOpenMs",
      "/minimumCalls",
      "/rateLimit/count",
      "/retryBudget/ratio",
    ]);
  });

  it("tell contradictions at their field", () => {
    const { errors } = checkSettings({ ...draft, "/consecutiveFailures": "30" });
    expect([...errors.keys()]).toEqual(["/consecutiveFailures"]);
  });
});
