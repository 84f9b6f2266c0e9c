import { type TestEngine, testEngine } from "#server/operations/testing/test-engine.ts";
import { BoardReader } from "../board/board-reader.ts";
import { BoardFeed } from "../live/board-feed.ts";
import { createCaller } from "../root.ts";

/** An engine on a database of its own, and the console's procedures on it as the actor `local`. */
export async function testCaller(): Promise<{
  test: TestEngine;
  api: ReturnType<typeof createCaller>;
  /** Keeps what it read for a moment; `forget` it to see what a test just did. */
  reader: BoardReader;
}> {
  const test = await testEngine();
  const { engine } = test;
  const reader = new BoardReader(engine.pool, engine);
  const api = createCaller({
    db: engine.pool,
    engine,
    reader,
    feed: new BoardFeed(reader, String),
    actor: { kind: "local", name: "local", role: "admin" },
    door: {
      client: { address: "127.0.0.1", agent: "test" },
      times: { idleMs: 60_000, maxMs: 60_000 },
      secret: null,
      keep: () => undefined,
      publicUrl: "http://localhost:3000",
    },
    onError: (error) => {
      throw error;
    },
  });
  return { test, api, reader };
}
