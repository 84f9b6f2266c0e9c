import { makeResetLink } from "#server/operations/people/make-reset-link.ts";
import type { Command } from "../command-line/command.ts";
import { consoleUrl } from "../database/console-url.ts";
import { findPerson } from "../database/find-person.ts";
import { cliActor, withEngine } from "../database/with-engine.ts";

export const resetUserCommand: Command = {
  usage: "user reset <login>",
  positionals: { least: 1, most: 1 },
  options: {},
  run(call) {
    return withEngine<0>(call, async (engine) => {
      const { id } = await findPerson(engine.pool, call.positionals[0] ?? "");
      const link = await makeResetLink(engine, { userId: id, actor: cliActor });
      const url = `${consoleUrl(call.settings)}/invite/${link.secret}`;
      const expiresAt = link.expiresAt.toISOString();
      call.output.result({ login: link.login, url, expiresAt }, () => [
        url,
        `Give it to ${link.login}. It works once, until ${expiresAt}, and is not shown again; the old password works until then.`,
      ]);
      return 0;
    });
  },
};
