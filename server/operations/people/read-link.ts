import type { Role } from "#core/access/role.ts";
import { SignalboxError } from "#core/error.ts";
import type { Queryable } from "#db/client.ts";
import { type FoundLink, findLink } from "#server/store/sign-in-links/find-link.ts";
import type { LinkKind } from "#server/store/sign-in-links/link-record.ts";
import { hashToken } from "../tokens/hash-token.ts";

/** What the holder of a link is told before using it. */
export interface LinkView {
  kind: LinkKind;
  /** Null where the holder chooses it: with the first admin. */
  login: string | null;
  displayName: string | null;
  role: Role;
  expiresAtMs: number;
}

/** What a link is for. Using it up is another act, so that looking at it, as mail filters do, costs nothing. Throws `not_found`. */
export async function readLink(db: Queryable, secret: string): Promise<LinkView> {
  const link = await findLink(db, hashToken(secret));
  if (link === null || link.state !== "open") throw deadLink(link);
  const { kind, login, displayName, role } = link;
  return { kind, login, displayName, role, expiresAtMs: link.expiresAt.getTime() };
}

const told = {
  used: "This link has been used already, and works once only.",
  void: "This link was replaced by a newer one.",
  expired: "This link has expired.",
} as const;

/** The refusal of a link that cannot be used, with why and what to do. */
export function deadLink(link: FoundLink | null): SignalboxError {
  const why = link === null || link.state === "open" ? "There is no such link." : told[link.state];
  const isFirst = link?.kind === "first-admin" || link?.kind === "demo";
  const next = isFirst
    ? "If nobody can sign in yet, start Signalbox again: it prints a new one."
    : "Ask an admin for a new one.";
  return new SignalboxError("not_found", `${why} Nothing was done. ${next}`);
}
