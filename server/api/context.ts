import type { Pool } from "#db/client.ts";
import type { Engine } from "#server/operations/engine.ts";
import type { BoardReader } from "./board/board-reader.ts";
import type { BoardFeed } from "./live/board-feed.ts";
import type { Role } from "./role.ts";

/** Who asks. Until there is sign-in there is one actor, `local`: whoever reaches the loopback address. */
export interface Actor {
  kind: "local";
  /** As it is written into events and the audit trail. */
  name: string;
  role: Role;
}

/** What a procedure has at hand. */
export interface ApiContext {
  /** A pool with a short statement timeout: the console never holds the database up. */
  db: Pool;
  /** For what is done: operations take it. */
  engine: Engine;
  actor: Actor;
  reader: BoardReader;
  feed: BoardFeed;
  /** Called with what no caller may see: the error behind an `internal` answer. */
  onError: (error: unknown) => void;
}
