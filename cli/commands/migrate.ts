import { knownMigrations, migrate } from "#db/migrate.ts";
import type { Command } from "../command-line/command.ts";
import { withDatabase } from "../database/with-database.ts";

export const migrateDatabase: Command = {
  usage: "migrate",
  positionals: { least: 0, most: 0 },
  options: {},
  async run(call) {
    const applied = await withDatabase(call, migrate, { create: true });
    const schema = knownMigrations().at(-1)?.version ?? 0;
    call.output.result({ schema, applied }, () => [
      applied.length === 0
        ? `the database is at schema ${schema} already`
        : `the database is at schema ${schema} now (applied ${applied.join(", ")})`,
    ]);
    return 0;
  },
};
