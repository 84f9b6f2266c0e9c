import { tokenScopes } from "#core/access/scope.ts";
import { createToken } from "#server/operations/tokens/create-token.ts";
import type { Command } from "../command-line/command.ts";
import { readWord } from "../command-line/read-option.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { cliActor, withEngine } from "../database/with-engine.ts";

export const createTokenCommand: Command = {
  usage: `token create --name N --scope ${tokenScopes.join("|")}`,
  positionals: { least: 0, most: 0 },
  options: {
    name: { value: "N", description: "to know it by" },
    scope: { value: "S", description: tokenScopes.join(", ") },
  },
  run(call) {
    const name = call.text("name");
    if (name === undefined) throw new UsageError("--name is missing");
    const scope = readWord(call, "scope", tokenScopes);
    if (scope === undefined) throw new UsageError(`--scope is missing: one of ${tokenScopes.join(", ")}`);
    return withEngine<0>(call, async (engine) => {
      const created = await createToken(engine, { name, scope, actor: cliActor });
      call.output.result(created, () => [
        created.token,
        `This is the only time it is shown (${created.scope}, ${created.id}). Send it as: Authorization: Bearer <token>`,
      ]);
      return 0;
    });
  },
};
