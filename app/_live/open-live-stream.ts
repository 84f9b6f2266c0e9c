import { createTRPCClient, httpSubscriptionLink } from "@trpc/client";
import { isSignedOut } from "#app/_session/is-signed-out.ts";
import type { AppRouter } from "#server/api/root.ts";
import type { LiveMessage } from "./live-message.ts";

/**
 * Opens the stream on its own connection; it reconnects by itself until the returned function is called, or the server
 * says that nobody is signed in: then `signed-out` is the last message.
 */
export function openLiveStream(url: string, onMessage: (message: LiveMessage) => void): () => void {
  const client = createTRPCClient<AppRouter>({ links: [httpSubscriptionLink({ url })] });
  const subscription = client.live.board.subscribe(undefined, {
    onData: onMessage,
    onError: (error) => isSignedOut(error) && onMessage({ kind: "signed-out" }),
    onConnectionStateChange: ({ state }) =>
      onMessage({ kind: "link", link: state === "pending" ? "live" : "connecting" }),
  });
  return () => subscription.unsubscribe();
}
