import { listUsers, userPage } from "#server/store/people/list-users.ts";
import type { Command } from "../command-line/command.ts";
import { formatTable } from "../command-line/format-table.ts";
import { withEngine } from "../database/with-engine.ts";

export const listUsersCommand: Command = {
  usage: "user list",
  positionals: { least: 0, most: 0 },
  options: {
    after: { value: "LOGIN", description: `the next ${userPage}, from the one after this login name` },
  },
  async run(call) {
    const found = await withEngine(call, (engine) => listUsers(engine.pool, call.text("after") ?? null));
    const users = found.slice(0, userPage);
    const next = found.length > userPage ? (users.at(-1)?.login ?? null) : null;
    call.output.result({ users, next }, () => {
      if (users.length === 0)
        return ["there is nobody: signalbox up and signalbox web print a link for the first admin"];
      const rows = users.map((user) => [
        user.login,
        user.displayName,
        user.role,
        user.createdAt.toISOString(),
        user.lastSeenAt?.toISOString() ?? "never",
        user.disabledAt === null ? `${user.sessions} signed in` : `shut out ${user.disabledAt.toISOString()}`,
      ]);
      const lines = formatTable(["login", "name", "role", "since", "last seen", "state"], rows);
      return next === null ? lines : [...lines, `more: signalbox user list --after ${next}`];
    });
    return 0;
  },
};
