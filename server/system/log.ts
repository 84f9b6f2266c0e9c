import { pino } from "pino";

/** A structured log: an object of facts and a sentence. Never a payload, never a secret. */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
  child(facts: object): Log;
}

export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** JSON lines on standard error (or file descriptor `fd`), with known secret fields cut out. */
export function openLog(level: LogLevel, component: string): Log {
  const redact = [
    "password",
    "token",
    "secret",
    "authorization",
    "connectionString",
    "*.password",
    "*.token",
    "*.secret",
    "*.authorization",
  ];
  const options = {
    level,
    base: { component },
    redact: { paths: redact, censor: "[redacted]" },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return pino(options, pino.destination({ fd: 2, sync: true })) as unknown as Log;
}

/** A log that says nothing. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};
