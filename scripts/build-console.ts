import { ensureConsoleBuilt } from "#cli/process/ensure-console-built.ts";

/** `npm test` tests the console as it is built: builds it when its sources have changed since. */
process.stdout.write(`${await ensureConsoleBuilt((line) => process.stdout.write(`${line}\n`))}\n`);
