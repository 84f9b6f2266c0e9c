import { listTokens } from "#server/store/tokens/list-tokens.ts";
import type { Command } from "../command-line/command.ts";
import { formatTable } from "../command-line/format-table.ts";
import { withEngine } from "../database/with-engine.ts";

export const listTokensCommand: Command = {
  usage: "token list",
  positionals: { least: 0, most: 0 },
  options: {},
  async run(call) {
    const tokens = await withEngine(call, (engine) => listTokens(engine.pool));
    call.output.result({ tokens }, () =>
      tokens.length === 0
        ? ["there are no tokens: signalbox token create makes one"]
        : formatTable(
            ["id", "name", "scope", "begins", "created", "last used", "state"],
            tokens.map((token) => [
              token.id,
              token.name,
              token.scope,
              token.prefix,
              token.createdAt.toISOString(),
              token.lastUsedAt?.toISOString() ?? "never",
              token.revokedAt === null ? "in force" : `revoked ${token.revokedAt.toISOString()}`,
            ]),
          ),
    );
    return 0;
  },
};
