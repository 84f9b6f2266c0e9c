import path from "node:path";
import { z } from "zod";
import { type FieldError, SignalboxError } from "#core/error.ts";
import { minLeaseMs } from "#core/lease/lease-times.ts";
import { type LogLevel, logLevels } from "./log.ts";
import { maskDatabaseUrl } from "./mask-database-url.ts";

/** What a Signalbox process is told by its environment. */
export interface Settings {
  /** Null: the embedded Postgres of `dataDirectory`. */
  databaseUrl: string | null;
  dataDirectory: string;
  port: number;
  host: string;
  /** Where people reach the console, when not where it listens. */
  publicUrl: URL | null;
  trustProxy: boolean;
  sessionIdleMs: number;
  sessionMaxMs: number;
  logLevel: LogLevel;
  leaseMs: number;
  heartbeatMs: number;
  allowPrivateTargets: boolean;
  /** Where the dispatcher appends the heads of the audit trail. */
  auditAnchorFile: string;
  /** The key it signs them with; its public part stands beside it. */
  auditKeyFile: string;
}

export interface ReadSettings {
  settings: Settings;
  /** Settings that are there but act on nothing, in words. */
  warnings: string[];
}

/** One setting as the documentation has it; docs/settings.md is checked against these rows. */
export interface SettingRow {
  name: string;
  /** As text; empty for none. */
  default: string;
  unit: string;
  allowed: string;
}

const longestLeaseMs = 600_000;
const shortestHeartbeatMs = 100;
/** A minute to a week. */
const session = { from: 60_000, to: 604_800_000 };
const port = { from: 1, to: 65_535 };

/** Every setting, in the order of the documentation. */
export const settingRows: readonly SettingRow[] = [
  {
    name: "DATABASE_URL",
    default: "",
    unit: "address",
    allowed: "postgres://user:password@host:port/database",
  },
  { name: "DATA_DIR", default: ".data", unit: "directory", allowed: "a path that may be written" },
  { name: "PORT", default: "3000", unit: "port", allowed: `a whole number from ${port.from} to ${port.to}` },
  { name: "HOST", default: "127.0.0.1", unit: "address", allowed: "a host name or address of this machine" },
  {
    name: "PUBLIC_URL",
    default: "",
    unit: "address",
    allowed: "http:// or https:// with a host and nothing behind it",
  },
  { name: "TRUST_PROXY", default: "off", unit: "switch", allowed: "on, off" },
  {
    name: "SESSION_IDLE_MS",
    default: "43200000",
    unit: "ms",
    allowed: `a whole number from ${session.from} to ${session.to}`,
  },
  {
    name: "SESSION_MAX_MS",
    default: "604800000",
    unit: "ms",
    allowed: `a whole number from ${session.from} to ${session.to}`,
  },
  { name: "LOG_LEVEL", default: "info", unit: "word", allowed: logLevels.join(", ") },
  {
    name: "LEASE_MS",
    default: "15000",
    unit: "ms",
    allowed: `a whole number from ${minLeaseMs} to ${longestLeaseMs}`,
  },
  {
    name: "HEARTBEAT_MS",
    default: "5000",
    unit: "ms",
    allowed: `a whole number from ${shortestHeartbeatMs} to half of LEASE_MS; a third of LEASE_MS when only that is set`,
  },
  { name: "ALLOW_PRIVATE_TARGETS", default: "off", unit: "switch", allowed: "on, off" },
  {
    name: "AUDIT_ANCHOR_FILE",
    default: "DATA_DIR/audit-anchors.jsonl",
    unit: "file",
    allowed: "a path that may be written",
  },
  {
    name: "AUDIT_KEY_FILE",
    default: "DATA_DIR/audit-anchor.key",
    unit: "file",
    allowed: "a path that may be written",
  },
  {
    name: "SIGNALBOX_KEYS",
    default: "",
    unit: "key ring",
    allowed: "nothing: this version does not encrypt payloads",
  },
  {
    name: "OTEL_EXPORTER_OTLP_ENDPOINT",
    default: "",
    unit: "address",
    allowed: "anything: this version does not send telemetry and says so",
  },
];

const allowed = (name: string) => settingRows.find((row) => row.name === name)?.allowed;
const unitOf = (name: string) => {
  const unit = settingRows.find((row) => row.name === name)?.unit;
  return unit === "ms" || unit === "port" ? ` (${unit})` : "";
};
const whole = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(from).max(to));

const onOrOff = z
  .enum(["on", "off", "true", "false", "1", "0"])
  .default("off")
  .transform((word) => ["on", "true", "1"].includes(word));

const filePath = z.string().refine((text) => !text.includes("\0"));

const schema = z.object({
  DATABASE_URL: z.string().refine(isPostgresUrl).optional(),
  DATA_DIR: filePath.default(".data"),
  AUDIT_ANCHOR_FILE: filePath.optional(),
  AUDIT_KEY_FILE: filePath.optional(),
  PORT: whole(port.from, port.to).default(3000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9._:[\]-]{1,255}$/)
    .default("127.0.0.1"),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin)
    .transform((text) => new URL(text))
    .optional(),
  TRUST_PROXY: onOrOff,
  SESSION_IDLE_MS: whole(session.from, session.to).default(43_200_000),
  SESSION_MAX_MS: whole(session.from, session.to).default(604_800_000),
  LOG_LEVEL: z.enum(logLevels).default("info"),
  LEASE_MS: whole(minLeaseMs, longestLeaseMs).default(15_000),
  HEARTBEAT_MS: whole(shortestHeartbeatMs, longestLeaseMs / 2).optional(),
  ALLOW_PRIVATE_TARGETS: onOrOff,
});

/**
 * The settings of a process, from its environment; the only place that reads them. An empty variable counts as not
 * set. Throws `validation` that names every wrong one with its value (a password masked) and what is allowed, and
 * `unsupported` for one that this version would have to ignore at somebody's cost.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): ReadSettings {
  const given = Object.fromEntries(
    settingRows
      .map(({ name }) => [name, environment[name]])
      .filter(([, value]) => value !== undefined && value !== ""),
  ) as Record<string, string>;
  if (given.SIGNALBOX_KEYS !== undefined)
    throw new SignalboxError(
      "unsupported",
      "SIGNALBOX_KEYS is set, but this version does not encrypt payloads: unset it, or payloads you believe encrypted would not be",
      { errors: [{ path: "/SIGNALBOX_KEYS", message: "is not supported by this version: unset it" }] },
    );
  const parsed = schema.safeParse(given);
  if (!parsed.success)
    throw wrongSettings(
      parsed.error.issues.map((issue) => String(issue.path[0])),
      given,
    );
  const values = parsed.data;
  const heartbeatMs = values.HEARTBEAT_MS ?? Math.floor(values.LEASE_MS / 3);
  if (heartbeatMs * 2 > values.LEASE_MS) throw wrongSettings(["HEARTBEAT_MS"], given);
  const warnings =
    given.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
      ? []
      : ["OTEL_EXPORTER_OTLP_ENDPOINT is set, but this version sends no telemetry: it is not acted on"];
  return {
    settings: {
      databaseUrl: values.DATABASE_URL ?? null,
      dataDirectory: values.DATA_DIR,
      port: values.PORT,
      host: values.HOST,
      publicUrl: values.PUBLIC_URL ?? null,
      trustProxy: values.TRUST_PROXY,
      sessionIdleMs: values.SESSION_IDLE_MS,
      sessionMaxMs: values.SESSION_MAX_MS,
      logLevel: values.LOG_LEVEL,
      leaseMs: values.LEASE_MS,
      heartbeatMs,
      allowPrivateTargets: values.ALLOW_PRIVATE_TARGETS,
      auditAnchorFile: values.AUDIT_ANCHOR_FILE ?? path.join(values.DATA_DIR, "audit-anchors.jsonl"),
      auditKeyFile: values.AUDIT_KEY_FILE ?? path.join(values.DATA_DIR, "audit-anchor.key"),
    },
    warnings,
  };
}

function wrongSettings(names: readonly string[], given: Readonly<Record<string, string>>): SignalboxError {
  const errors = [...new Set(names)].map((name): FieldError => {
    const value = name === "DATABASE_URL" ? maskDatabaseUrl(given[name] ?? "") : (given[name] ?? "");
    return {
      path: `/${name}`,
      message: `is ${JSON.stringify(value.slice(0, 200))}; allowed is ${allowed(name)}${unitOf(name)}`,
    };
  });
  const sentences = errors.map(({ path, message }) => `${path.slice(1)} ${message}`);
  return new SignalboxError("validation", `wrong setting: ${sentences.join(". ")}`, { errors });
}

function isPostgresUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === "postgres:" || url.protocol === "postgresql:";
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === "http:" || url.protocol === "https:") && url.href === `${url.origin}/`;
}
