import process from "node:process";
import { silentLog } from "#server/system/log.ts";
import { readSettings } from "#server/system/settings.ts";
import { startWebProcess } from "../process/start-web-process.ts";

/**
 * On a console that is built: the web process of a test: `node serve-console.ts <database url> gated|open`; `open` leaves out what sends
 * visitors to the sign-in. Says `at <url>` once it answers.
 */
const [databaseUrl = "", gate] = process.argv.slice(2);
const { settings } = readSettings({});
const web = await startWebProcess(databaseUrl, { ...settings, port: 0 }, silentLog, {
  gatePages: gate !== "open",
});
process.stdout.write(`at ${web.url}\n`);
process.once("SIGTERM", async () => {
  await web.stop();
  process.exit(0);
});
