import { join } from "node:path";
import { z } from "zod";
import { type LogLevel, logLevels } from "#server/system/log.ts";
import type { ServiceName } from "./services/fault-settings.ts";

/** Where the demo's services listen unless told otherwise: the control port first, then one port each. */
export const defaultDemoUrls = {
  SIGNALBOX_DEMO_CONTROL_URL: "http://127.0.0.1:7410",
  SIGNALBOX_DEMO_MAIL_URL: "http://127.0.0.1:7411",
  SIGNALBOX_DEMO_PAYMENTS_URL: "http://127.0.0.1:7412",
  SIGNALBOX_DEMO_GEOCODER_URL: "http://127.0.0.1:7413",
  SIGNALBOX_DEMO_WAREHOUSE_URL: "http://127.0.0.1:7414",
} as const;
export type DemoUrlVariable = keyof typeof defaultDemoUrls;

const address = (variable: DemoUrlVariable) =>
  z
    .string()
    .regex(
      /^http:\/\/[^/:?#]+:\d{1,5}\/?$/,
      `${variable} is an address such as ${defaultDemoUrls[variable]}.`,
    )
    .transform((text) => text.replace(/\/$/, ""))
    .default(defaultDemoUrls[variable]);

/** The variables that steer the demo, their checks and their defaults. */
const environmentSchema = z.object({
  SIGNALBOX_DEMO_MAIL_URL: address("SIGNALBOX_DEMO_MAIL_URL"),
  SIGNALBOX_DEMO_PAYMENTS_URL: address("SIGNALBOX_DEMO_PAYMENTS_URL"),
  SIGNALBOX_DEMO_GEOCODER_URL: address("SIGNALBOX_DEMO_GEOCODER_URL"),
  SIGNALBOX_DEMO_WAREHOUSE_URL: address("SIGNALBOX_DEMO_WAREHOUSE_URL"),
  SIGNALBOX_DEMO_CONTROL_URL: address("SIGNALBOX_DEMO_CONTROL_URL"),
  SIGNALBOX_DEMO_RATE: z.coerce
    .number("SIGNALBOX_DEMO_RATE is a number of jobs a second.")
    .min(0.1, "SIGNALBOX_DEMO_RATE is at least 0.1 jobs a second.")
    .max(500, "SIGNALBOX_DEMO_RATE is at most 500 jobs a second.")
    .default(20),
  SIGNALBOX_DEMO_SEED: z.coerce
    .number("SIGNALBOX_DEMO_SEED is a whole number.")
    .int("SIGNALBOX_DEMO_SEED is a whole number.")
    .default(1),
  SIGNALBOX_DEMO_OUTAGES: z.enum(["on", "off"], "SIGNALBOX_DEMO_OUTAGES is on or off.").default("on"),
  SIGNALBOX_DEMO_DIR: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(logLevels, `LOG_LEVEL is one of ${logLevels.join(", ")}.`).default("info"),
  DATA_DIR: z.string().min(1).default(".data"),
  DATABASE_URL: z.string().min(1).optional(),
});

/**
 * How the demo is set: where its services listen, jobs a second of the producer on average (default 20), the
 * seed of all its chance, whether outages happen by themselves, where its files lie, how much is logged, and the
 * database.
 */
export interface DemoSettings {
  urls: Record<ServiceName | "control", string>;
  ratePerSecond: number;
  seed: number;
  outages: boolean;
  directory: string;
  logLevel: LogLevel;
  databaseUrl: string | undefined;
}

/**
 * The demo's settings from the environment: the only place in `demo/` that reads it. A variable that is empty
 * counts as not set. Throws an Error that names every wrong variable and what it should be.
 */
export function readDemoSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): DemoSettings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const read = environmentSchema.safeParse(given);
  if (!read.success) {
    throw new Error(
      `The demo's settings are wrong. ${read.error.issues.map((issue) => issue.message).join(" ")}`,
    );
  }
  const values = read.data;
  return {
    urls: {
      mail: values.SIGNALBOX_DEMO_MAIL_URL,
      payments: values.SIGNALBOX_DEMO_PAYMENTS_URL,
      geocoder: values.SIGNALBOX_DEMO_GEOCODER_URL,
      warehouse: values.SIGNALBOX_DEMO_WAREHOUSE_URL,
      control: values.SIGNALBOX_DEMO_CONTROL_URL,
    },
    ratePerSecond: values.SIGNALBOX_DEMO_RATE,
    seed: values.SIGNALBOX_DEMO_SEED,
    outages: values.SIGNALBOX_DEMO_OUTAGES === "on",
    directory: values.SIGNALBOX_DEMO_DIR ?? join(values.DATA_DIR, "demo"),
    logLevel: values.LOG_LEVEL,
    databaseUrl: values.DATABASE_URL,
  };
}
