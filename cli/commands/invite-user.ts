import { roles } from "#core/access/role.ts";
import { inviteUser } from "#server/operations/people/invite-user.ts";
import type { Command } from "../command-line/command.ts";
import { readWord } from "../command-line/read-option.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { consoleUrl } from "../database/console-url.ts";
import { cliActor, withEngine } from "../database/with-engine.ts";

export const inviteUserCommand: Command = {
  usage: `user invite <login> --role ${roles.join("|")}`,
  positionals: { least: 1, most: 1 },
  options: {
    role: { value: "R", description: roles.join(", ") },
    name: { value: "N", description: "what they are called; they may say otherwise" },
  },
  run(call) {
    const role = readWord(call, "role", roles);
    if (role === undefined) throw new UsageError(`--role is missing: one of ${roles.join(", ")}`);
    const login = call.positionals[0] ?? "";
    return withEngine<0>(call, async (engine) => {
      const displayName = call.text("name");
      const invitation = await inviteUser(engine, { login, role, displayName, actor: cliActor });
      const url = `${consoleUrl(call.settings)}/invite/${invitation.secret}`;
      const expiresAt = invitation.expiresAt.toISOString();
      call.output.result({ login: invitation.login, role, url, expiresAt }, () => [
        url,
        `Give it to ${invitation.login} (${role}). It works once, until ${expiresAt}, and is not shown again.`,
      ]);
      return 0;
    });
  },
};
