import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BoardSnapshot } from "../board/board-snapshot.ts";
import { BoardFeed } from "./board-feed.ts";

const snapshot = (asOfMs: number) => ({ asOfMs }) as BoardSnapshot;

/** Stands for the last snapshot with newer depths in it. */
const withDepths = ({ atMs }: { atMs: number }) => snapshot(atMs);

function countingSource() {
  let reads = 0;
  return {
    source: { read: async () => snapshot(++reads), withDepths },
    get reads() {
      return reads;
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the feed", () => {
  it("reads once for any number of listeners", async () => {
    const counting = countingSource();
    const feed = new BoardFeed(counting.source, String);
    const end = new AbortController();
    const streams = Array.from({ length: 20 }, () => feed.listen(end.signal));
    await Promise.all(streams.map((stream) => stream.next()));
    expect(counting.reads).toBe(1);
    const second = Promise.all(streams.map((stream) => stream.next()));
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await second).every(({ value }) => value?.kind === "board" && value.board.asOfMs === 2)).toBe(
      true,
    );
    expect(counting.reads).toBe(2);
    end.abort();
  });

  it("reads every second while something moves, and every other one while nothing does", async () => {
    let moves = false;
    let reads = 0;
    const running = () => ({ ...snapshot(reads), fleet: { running: moves ? reads : 0 } }) as BoardSnapshot;
    const source = {
      read: async () => {
        reads++;
        return running();
      },
      withDepths,
    };
    const feed = new BoardFeed(source, String);
    const end = new AbortController();
    await feed.listen(end.signal).next();
    await vi.advanceTimersByTimeAsync(4_000);
    const readsAt = async (untilMs: number) => {
      const before = reads;
      await vi.advanceTimersByTimeAsync(untilMs);
      return reads - before;
    };
    expect(await readsAt(10_000)).toBe(5);
    moves = true;
    await readsAt(2_000);
    expect(await readsAt(10_000)).toBe(10);
    end.abort();
  });

  it("reads soon when it is told that something changed, and no more often than four times a second", async () => {
    const counting = countingSource();
    const feed = new BoardFeed(counting.source, String);
    const end = new AbortController();
    await feed.listen(end.signal).next();
    await vi.advanceTimersByTimeAsync(10_000);
    const before = counting.reads;
    feed.look();
    await vi.advanceTimersByTimeAsync(250);
    expect(counting.reads).toBe(before + 1);
    for (let turn = 0; turn < 100; turn++) {
      feed.look();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(counting.reads).toBeLessThanOrEqual(before + 6);
    end.abort();
  });

  it("waits its second when reads fail", async () => {
    let reads = 0;
    const source = {
      read: async () => {
        reads++;
        throw new Error("away");
      },
      withDepths,
    };
    const feed = new BoardFeed(source, () => "the database does not answer");
    const end = new AbortController();
    await feed.listen(end.signal).next();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(reads).toBe(6);
    end.abort();
  });

  it("stops reading when the last listener leaves", async () => {
    const counting = countingSource();
    const feed = new BoardFeed(counting.source, String);
    const end = new AbortController();
    const stream = feed.listen(end.signal);
    await stream.next();
    const last = stream.next();
    end.abort();
    expect((await last).done).toBe(true);
    expect(feed.listeners).toBe(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(counting.reads).toBe(1);
  });

  it("leaves no listener behind when a stream is ended from outside", async () => {
    const feed = new BoardFeed(countingSource().source, String);
    const stream = feed.listen(new AbortController().signal);
    await stream.next();
    await stream.return(undefined);
    expect(feed.listeners).toBe(0);
  });

  it("never asks a slow database twice at once", async () => {
    let open = 0;
    let most = 0;
    let reads = 0;
    const source = {
      read: async () => {
        reads++;
        most = Math.max(most, ++open);
        if (reads > 1) await new Promise((resolve) => setTimeout(resolve, 5_000));
        open--;
        return snapshot(reads);
      },
      withDepths,
    };
    const feed = new BoardFeed(source, String);
    const end = new AbortController();
    const stream = feed.listen(end.signal);
    await stream.next();
    const next = stream.next();
    await vi.advanceTimersByTimeAsync(20_000);
    await next;
    expect(most).toBe(1);
    expect(reads).toBeGreaterThan(2);
    end.abort();
  });

  it("says why when a read fails, and goes on", async () => {
    let reads = 0;
    const source = {
      read: async () => {
        if (++reads === 2) throw new Error("away");
        return snapshot(reads);
      },
      withDepths,
    };
    const feed = new BoardFeed(source, () => "the database does not answer");
    const end = new AbortController();
    const stream = feed.listen(end.signal);
    await stream.next();
    const stale = stream.next();
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await stale).value).toEqual({ kind: "stale", because: "the database does not answer" });
    const board = stream.next();
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await board).value).toMatchObject({ kind: "board" });
    end.abort();
  });

  it("keeps only the newest message for a listener that is busy", async () => {
    const feed = new BoardFeed(countingSource().source, String);
    const end = new AbortController();
    const [busy, other] = [feed.listen(end.signal), feed.listen(end.signal)];
    await Promise.all([busy.next(), other.next()]);
    await vi.advanceTimersByTimeAsync(5_000);
    const { value } = await busy.next();
    expect(value?.kind === "board" && value.board.asOfMs).toBeGreaterThan(4);
    end.abort();
  });

  it("hands out told depths at once and without a read", async () => {
    const counting = countingSource();
    const feed = new BoardFeed(counting.source, String);
    const end = new AbortController();
    const stream = feed.listen(end.signal);
    await stream.next();
    feed.tell({ atMs: 77, rows: [] });
    expect((await stream.next()).value).toMatchObject({ board: { asOfMs: 77 } });
    expect(counting.reads).toBe(1);
    end.abort();
  });

  it("reads at once when a count was too long to be told", async () => {
    const counting = countingSource();
    const feed = new BoardFeed(counting.source, String);
    const end = new AbortController();
    const stream = feed.listen(end.signal);
    await stream.next();
    feed.tell({ atMs: 77, rows: null });
    expect((await stream.next()).value).toMatchObject({ board: { asOfMs: 2 } });
    end.abort();
  });

  it("asks nothing when depths are told and nobody listens", async () => {
    const counting = countingSource();
    new BoardFeed(counting.source, String).tell({ atMs: 77, rows: null });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(counting.reads).toBe(0);
  });

  it("ends every stream when it closes", async () => {
    const feed = new BoardFeed(countingSource().source, String);
    const stream = feed.listen(new AbortController().signal);
    await stream.next();
    const last = stream.next();
    feed.close();
    await last;
    expect((await stream.next()).done).toBe(true);
  });
});
