import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { promisify } from "node:util";
import type { Role } from "#core/access/role.ts";

const root = path.resolve(import.meta.dirname, "../..");
const run = promisify(execFile);

/** The password of every person that tests make. */
export const visitorPassword = "signal arm at danger";

export interface Visitor {
  login: string;
  cookie: { name: string; value: string };
}

/** A new person of a role with {@link visitorPassword}, invited by the command line and come in by the link. */
export async function signInVisitor(
  place: { baseUrl: string; databaseUrl: string },
  role: Role,
): Promise<Visitor> {
  const login = `${role}-${randomBytes(4).toString("hex")}@example.test`;
  const words = ["cli/signalbox.mjs", "user", "invite", login, "--role", role, "--json"];
  const env = { ...process.env, DATABASE_URL: place.databaseUrl };
  const { stdout } = await run(process.execPath, words, { cwd: root, env });
  const { url } = JSON.parse(stdout) as { url: string };
  const secret = url.split("/").at(-1);
  const answer = await fetch(`${place.baseUrl}/api/trpc/session.acceptLink`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: place.baseUrl },
    body: JSON.stringify({ kind: "invite", secret, displayName: `The ${role}`, password: visitorPassword }),
  });
  const [name = "", value = ""] = (answer.headers.get("set-cookie") ?? "").split(";", 1)[0]?.split("=") ?? [];
  if (!answer.ok || value === "") throw new Error(`nobody could come in as ${role}: ${await answer.text()}`);
  return { login, cookie: { name, value } };
}
