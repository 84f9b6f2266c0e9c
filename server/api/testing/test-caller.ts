import { type TestEngine, testEngine } from "#server/operations/testing/test-engine.ts";
import { BoardReader } from "../board/board-reader.ts";
import { BoardFeed } from "../live/board-feed.ts";
import { createCaller } from "../root.ts";

/** An engine on a database of its own, and the console's procedures on it as the actor `local`. */
export async function testCaller(): Promise<{ test: TestEngine; api: ReturnType<typeof createCaller> }> {
  const test = await testEngine();
  const { engine } = test;
  const reader = new BoardReader(engine.pool, engine);
  const api = createCaller({
    db: engine.pool,
    engine,
    reader,
    feed: new BoardFeed(reader, String),
    actor: { kind: "local", name: "local", role: "admin" },
    onError: (error) => {
      throw error;
    },
  });
  return { test, api };
}
