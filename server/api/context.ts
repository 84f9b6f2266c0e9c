import type { Role } from "#core/access/role.ts";
import type { Pool } from "#db/client.ts";
import type { Engine } from "#server/operations/engine.ts";
import type { ClientFacts, SessionTimes } from "#server/operations/people/client-facts.ts";
import type { BoardReader } from "./board/board-reader.ts";
import type { BoardFeed } from "./live/board-feed.ts";

/** Who asks: a person who is signed in, or `local`, this process itself without HTTP. */
export type Actor = {
  /** The login name, as it is written into events and the audit trail. */
  name: string;
  role: Role;
} & ({ kind: "user"; id: string; displayName: string } | { kind: "local" });

/** Where people come in and go out: the browser a request came from and the session it keeps. */
export interface Door {
  client: ClientFacts;
  times: SessionTimes;
  /** What the browser sent as its session, in force or not. */
  secret: string | null;
  /** Has the browser keep a session from now on; null has it forget. */
  keep(secret: string | null): void;
  /** The address of the console as people reach it, without a slash at the end: what links begin with. */
  publicUrl: string;
}

/** What a procedure has at hand. */
export interface ApiContext {
  /** A pool with a short statement timeout: the console never holds the database up. */
  db: Pool;
  /** For what is done: operations take it. */
  engine: Engine;
  actor: Actor;
  door: Door;
  reader: BoardReader;
  feed: BoardFeed;
  /** Called with what no caller may see: the error behind an `internal` answer. */
  onError: (error: unknown) => void;
}

/** What a request brings before anything is decided: perhaps nobody. */
export type RequestContext = Omit<ApiContext, "actor"> & { actor: Actor | null };
