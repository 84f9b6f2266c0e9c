import type { z } from "zod";

/** A setting that admins change in the console: a row of `settings`, its default while there is none. */
export interface Setting<Value> {
  key: string;
  /** As it is named in messages: 'the retention'. */
  name: string;
  schema: z.ZodType<Value>;
  standard: Value;
}

/** What is stored as the setting, or its default for what is absent or of another version. */
export function readSetting<Value>(setting: Setting<Value>, stored: unknown): Value {
  const parsed = setting.schema.safeParse(stored);
  return parsed.success ? parsed.data : setting.standard;
}
