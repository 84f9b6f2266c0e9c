import { procedureFor, router } from "../trpc.ts";

/** The one stream of a tab. */
export const liveRouter = router({
  /** The Board once a second, from the one reader of this process. */
  board: procedureFor("viewer").subscription(async function* ({ ctx, signal }) {
    yield* ctx.feed.listen(signal ?? new AbortController().signal);
  }),
});
