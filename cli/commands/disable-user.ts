import { setDisabled } from "#server/operations/people/set-disabled.ts";
import type { Command, CommandCall } from "../command-line/command.ts";
import { findPerson } from "../database/find-person.ts";
import { cliActor, withEngine } from "../database/with-engine.ts";

const shape = {
  positionals: { least: 1, most: 1 },
  options: { reason: { value: "TEXT", description: "why, for the audit trail" } },
};

export const disableUserCommand: Command = {
  usage: "user disable <login>",
  ...shape,
  run: (call) => set(call, true),
};

export const enableUserCommand: Command = {
  usage: "user enable <login>",
  ...shape,
  run: (call) => set(call, false),
};

function set(call: CommandCall, disabled: boolean): Promise<0> {
  return withEngine<0>(call, async (engine) => {
    const { id } = await findPerson(engine.pool, call.positionals[0] ?? "");
    const reason = call.text("reason")?.trim() ?? "";
    const { login } = await setDisabled(engine, { userId: id, disabled, reason, actor: cliActor });
    call.output.result({ login, disabled }, () => [
      disabled ? `${login} is shut out, and signed out everywhere` : `${login} may sign in again`,
    ]);
    return 0;
  });
}
