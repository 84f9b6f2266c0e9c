import { mkdir, open } from "node:fs/promises";
import path from "node:path";

/** Append a line to a file, made when there is none, and wait until it is on the disk. */
export async function appendLine(file: string, line: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(file, "a", 0o644);
  try {
    await handle.appendFile(`${line}\n`, "utf8");
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
