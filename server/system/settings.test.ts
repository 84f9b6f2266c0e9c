import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { SignalboxError } from "#core/error.ts";
import { readSettings, settingRows } from "./settings.ts";

function refusal(environment: Record<string, string>): SignalboxError {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SignalboxError) return error;
    throw error;
  }
  throw new Error("the settings were accepted");
}

describe("the settings", () => {
  test("have a default each, and an empty variable counts as not set", () => {
    expect(readSettings({ PORT: "", DATABASE_URL: "" }).settings).toEqual({
      databaseUrl: null,
      dataDirectory: ".data",
      port: 3000,
      host: "127.0.0.1",
      publicUrl: null,
      trustProxy: false,
      sessionIdleMs: 43_200_000,
      sessionMaxMs: 604_800_000,
      logLevel: "info",
      leaseMs: 15_000,
      heartbeatMs: 5_000,
      allowPrivateTargets: false,
      auditAnchorFile: ".data/audit-anchors.jsonl",
      auditKeyFile: ".data/audit-anchor.key",
    });
  });

  test("take what is given, and a heartbeat that is not given is a third of the lease", () => {
    const environment = {
      DATABASE_URL: "postgres://a:b@c/d",
      PORT: "8080",
      LEASE_MS: "3000",
      ALLOW_PRIVATE_TARGETS: "on",
    };
    const { settings } = readSettings(environment);
    expect(settings).toMatchObject({
      port: 8080,
      leaseMs: 3_000,
      heartbeatMs: 1_000,
      allowPrivateTargets: true,
    });
    expect(settings.databaseUrl).toBe("postgres://a:b@c/d");
  });

  test.each([
    ["PORT", "0", 'PORT is "0"; allowed is a whole number from 1 to 65535 (port)'],
    ["PORT", "3e3", 'PORT is "3e3"'],
    ["LEASE_MS", "1000", 'LEASE_MS is "1000"; allowed is a whole number from 1500 to 600000 (ms)'],
    [
      "HEARTBEAT_MS",
      "9000",
      'HEARTBEAT_MS is "9000"; allowed is a whole number from 100 to half of LEASE_MS',
    ],
    ["LOG_LEVEL", "loud", 'LOG_LEVEL is "loud"; allowed is debug, info, warn, error, silent'],
    ["ALLOW_PRIVATE_TARGETS", "maybe", "allowed is on, off"],
    ["PUBLIC_URL", "jobs.example.org", 'PUBLIC_URL is "jobs.example.org"; allowed is http:// or https://'],
    ["PUBLIC_URL", "https://a:b@jobs.example.org/console", "with a host and nothing behind it"],
    ["SESSION_IDLE_MS", "1000", "allowed is a whole number from 60000 to 604800000 (ms)"],
    ["HOST", "a b", 'HOST is "a b"'],
    [
      "DATABASE_URL",
      "mysql://root:hunter2@db/x",
      'DATABASE_URL is "mysql://root:***@db/x"; allowed is postgres://',
    ],
  ])("a wrong %s is named with its value and what is allowed", (name, value, words) => {
    const error = refusal({ [name]: value });
    expect(error.code).toBe("validation");
    expect(error.message).toContain(words);
    expect(error.message).not.toContain("hunter2");
    expect(error.errors[0]?.path).toBe(`/${name}`);
  });

  test("all wrong ones are named at once", () => {
    expect(refusal({ PORT: "x", LOG_LEVEL: "y" }).errors.map((each) => each.path)).toEqual([
      "/PORT",
      "/LOG_LEVEL",
    ]);
  });

  test("a key ring is refused rather than ignored, and never shown", () => {
    const error = refusal({ SIGNALBOX_KEYS: "k1:c2VjcmV0" });
    expect(error.code).toBe("unsupported");
    expect(error.message).toContain("SIGNALBOX_KEYS");
    expect(error.message).not.toContain("c2VjcmV0");
  });

  test("a telemetry endpoint is said not to be acted on", () => {
    expect(readSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://x" }).warnings[0]).toContain("not acted on");
  });

  test("stand in docs/settings.md and .env.example, one row each, with the same default, unit and range", () => {
    const root = path.resolve(import.meta.dirname, "../..");
    const page = readFileSync(path.join(root, "docs/settings.md"), "utf8");
    const example = readFileSync(path.join(root, ".env.example"), "utf8");
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| ([^|]*) \| ([^|]*) \| ([^|]*) \|/gm)].map(
      ([, name = "", byDefault = "", unit = "", allowed = ""]) => ({
        name,
        default: byDefault.trim().replaceAll("`", ""),
        unit: unit.trim(),
        allowed: allowed.trim().replaceAll("`", ""),
      }),
    );
    expect(rows).toEqual(settingRows);
    expect([...example.matchAll(/^#? ?([A-Z_]+)=/gm)].map(([, name]) => name)).toEqual(
      settingRows.map((row) => row.name),
    );
  });
});
