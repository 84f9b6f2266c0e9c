import { createTRPCClient, httpSubscriptionLink } from "@trpc/client";
import type { AppRouter } from "#server/api/root.ts";
import type { LiveMessage } from "./live-message.ts";

/** Opens the stream on its own connection; it reconnects by itself until the returned function is called. */
export function openLiveStream(url: string, onMessage: (message: LiveMessage) => void): () => void {
  const client = createTRPCClient<AppRouter>({ links: [httpSubscriptionLink({ url })] });
  const subscription = client.live.board.subscribe(undefined, {
    onData: onMessage,
    onConnectionStateChange: ({ state }) =>
      onMessage({ kind: "link", link: state === "pending" ? "live" : "connecting" }),
  });
  return () => subscription.unsubscribe();
}
