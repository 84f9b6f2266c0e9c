import type { Settings } from "#server/system/settings.ts";

/** Where people reach the console, as the settings of this command have it: what the links it prints begin with. */
export function consoleUrl({ publicUrl, host, port }: Pick<Settings, "publicUrl" | "host" | "port">): string {
  if (publicUrl !== null) return publicUrl.origin;
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
