import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { readDemoSettings } from "../demo-settings.ts";

/** The folders in which the demo's jobs keep their files; the clean-up job empties all of them in time. */
export const demoFolders = ["orders", "reports", "archives", "catalogues", "feeds"] as const;
export type DemoFolder = (typeof demoFolders)[number];

/** The absolute path of one of the demo's folders, made when it is missing. */
export async function demoFolder(name: DemoFolder): Promise<string> {
  const path = resolve(readDemoSettings().directory, name);
  await mkdir(path, { recursive: true });
  return path;
}
