import { revokeToken } from "#server/operations/tokens/revoke-token.ts";
import type { Command } from "../command-line/command.ts";
import { cliActor, withEngine } from "../database/with-engine.ts";

export const revokeTokenCommand: Command = {
  usage: "token revoke <id>",
  positionals: { least: 1, most: 1 },
  options: {},
  run(call) {
    return withEngine<0>(call, async (engine) => {
      const id = call.positionals[0] ?? "";
      await revokeToken(engine, { id, actor: cliActor });
      call.output.result({ id, revoked: true }, () => [`token ${id} is refused from now on`]);
      return 0;
    });
  },
};
