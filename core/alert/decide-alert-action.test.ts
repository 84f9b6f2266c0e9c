import { describe, expect, it } from "vitest";
import { readSetting } from "../settings/setting.ts";
import { alertKinds } from "./alert.ts";
import { type AlertSettings, actionsOfKind, alertActions, alertSetting } from "./alert-settings.ts";
import { decideAlertAction, type OpenAlert } from "./decide-alert-action.ts";

const { standard } = alertSetting;
const alert = (more: Partial<OpenAlert> = {}): OpenAlert => ({
  ...{ kind: "stuck", objectKind: "definition", objectId: "charge", jobIds: ["1"], containment: null },
  ...{ openedAtMs: 0, acknowledged: false, silenced: false, acted: false, ...more },
});
const stuckRetry: AlertSettings = {
  ...standard,
  kinds: { ...standard.kinds, stuck: { action: "retry", afterMs: 60_000 } },
};

describe("policies of alerts", () => {
  it("do nothing until somebody has said so", () => {
    for (const kind of alertKinds) expect(decideAlertAction(alert({ kind }), standard, 9e9)).toBeNull();
  });

  it("act once, after the time that was given, on what nobody has taken on", () => {
    expect(decideAlertAction(alert(), stuckRetry, 59_999)).toBeNull();
    expect(decideAlertAction(alert(), stuckRetry, 60_000)).toBe("retry");
    for (const taken of [{ acted: true }, { acknowledged: true }, { silenced: true }])
      expect(decideAlertAction(alert(taken), stuckRetry, 60_000)).toBeNull();
  });

  it("of a definition go before those of the kind", () => {
    const settings = {
      ...stuckRetry,
      definitions: { charge: { stuck: { action: "nothing", afterMs: 0 } } },
    } satisfies AlertSettings;
    expect(decideAlertAction(alert(), settings, 60_000)).toBeNull();
    expect(decideAlertAction(alert({ objectId: "other" }), settings, 60_000)).toBe("retry");
  });

  it("do nothing where there is nothing to do it to", () => {
    expect(decideAlertAction(alert({ jobIds: [] }), stuckRetry, 60_000)).toBeNull();
    const raise = {
      ...standard,
      kinds: { ...standard.kinds, starved: { action: "reprioritise", afterMs: 0 } },
    } as const;
    const starved = alert({ kind: "starved", objectKind: "queue" });
    expect(decideAlertAction(starved, raise, 1)).toBeNull();
    const containment = {
      action: "reprioritise",
      queue: "q",
      from: "low",
      to: "normal",
      label: "x",
    } as const;
    expect(decideAlertAction({ ...starved, containment }, raise, 1)).toBe("reprioritise");
  });

  it("are refused where the kind allows no such action, and the words say which it does", () => {
    for (const kind of alertKinds)
      for (const action of alertActions) {
        const value = { ...standard, kinds: { ...standard.kinds, [kind]: { action, afterMs: 0 } } };
        const parsed = alertSetting.schema.safeParse(value);
        expect(parsed.success).toBe(actionsOfKind[kind].includes(action));
        if (!parsed.success) expect(parsed.error.issues[0]?.message).toContain("give nothing or");
      }
  });

  it("are kept as they were stored before there was a kind for storage", () => {
    const { storage, ...older } = stuckRetry.kinds;
    expect(readSetting(alertSetting, { kinds: older, definitions: {} })).toEqual(stuckRetry);
    expect(storage.action).toBe("nothing");
  });

  it("fall back to doing nothing when what is stored cannot be read", () => {
    expect(readSetting(alertSetting, { kinds: 3 })).toEqual(standard);
    expect(
      alertSetting.schema.safeParse({ ...standard, kinds: { stuck: standard.kinds.stuck } }).success,
    ).toBe(false);
  });
});
