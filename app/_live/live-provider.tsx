"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { correctNow } from "#components/domain/now.ts";
import type { BoardSnapshot } from "#server/api/board/board-snapshot.ts";
import { noteSessionEnd, noteSessionStart, useSessionCount } from "../_session/session-end.ts";
import { trpcPath, useTRPC } from "../_trpc/react.tsx";
import { joinLive } from "./join-live.ts";
import type { LiveLink, LiveMessage } from "./live-message.ts";
import { patchSeries } from "./patch-series.ts";

/** How fresh what is shown is: `because` says why reading fails while the stream itself is up. */
export interface LiveState {
  link: LiveLink;
  asOfMs: number | null;
  because: string | null;
}

const LiveContext = createContext<LiveState>({ link: "connecting", asOfMs: null, because: null });

/** The state of the stream, for the 'as of' stamp. */
export function useLive(): LiveState {
  return useContext(LiveContext);
}

/** Keeps the query cache fresh from the stream: one snapshot a second is put in place; hidden tabs catch up when seen again. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const session = useSessionCount();
  const [state, setState] = useState<LiveState>({ link: "connecting", asOfMs: null, because: null });

  useEffect(() => {
    // What was missed is of this session; another one opens another stream.
    let missed: { board: BoardSnapshot; session: number } | null = null;
    let isOut = false;
    const show = (board: BoardSnapshot) => {
      correctNow(board.asOfMs);
      queryClient.setQueryData(trpc.overview.board.queryKey(), board);
      queryClient.setQueryData(trpc.overview.series.queryKey({ range: "15m" }), (series) =>
        patchSeries(series, board),
      );
      setState({ link: "live", asOfMs: board.asOfMs, because: null });
    };
    const onMessage = (message: LiveMessage) => {
      if (message.kind === "signed-out") {
        isOut = true;
        noteSessionEnd("read");
      } else if (message.kind === "link") setState((old) => ({ ...old, link: message.link }));
      else if (message.kind === "stale") setState((old) => ({ ...old, because: message.because }));
      else if (isOut) goOn();
      else if (document.hidden) missed = { board: message.board, session };
      else show(message.board);
    };
    // Somebody has signed in again in another tab, with which this one shares the stream.
    const goOn = () => {
      isOut = false;
      noteSessionStart();
      void queryClient.invalidateQueries();
    };
    const onVisible = () => {
      if (document.hidden || !missed) return;
      show(missed.board);
      missed = null;
    };
    document.addEventListener("visibilitychange", onVisible);
    const leave = joinLive(trpcPath, onMessage);
    return () => {
      document.removeEventListener("visibilitychange", onVisible);
      leave();
    };
  }, [queryClient, trpc, session]);

  return <LiveContext.Provider value={useMemo(() => state, [state])}>{children}</LiveContext.Provider>;
}
