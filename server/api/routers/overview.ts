import { z } from "zod";
import { readSeries } from "../board/read-series.ts";
import { type SeriesRange, seriesRanges } from "../board/series-range.ts";
import { procedureFor, router } from "../trpc.ts";

const range = z.enum(Object.keys(seriesRanges) as [SeriesRange, ...SeriesRange[]]);

/** The Board and its charts. */
export const overviewRouter = router({
  /** The latest snapshot, for the first sight; the stream keeps it fresh. */
  board: procedureFor("viewer").query(({ ctx }) => ctx.feed.current()),
  series: procedureFor("viewer")
    .input(z.strictObject({ range, queue: z.string().max(100).nullish() }))
    .query(({ ctx, input }) => readSeries(ctx, input.range, input.queue ?? null)),
});
