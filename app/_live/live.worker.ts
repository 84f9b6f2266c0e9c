import type { LiveMessage, TabMessage } from "./live-message.ts";
import { openLiveStream } from "./open-live-stream.ts";

/**
 * One stream for all tabs of this browser: a browser opens six connections to a server at most, and a stream a tab
 * would use them up. Opens with the first tab, closes with the last.
 */
const scope = self as unknown as SharedWorkerGlobalScope;
const tabs = new Set<MessagePort>();
const last = new Map<LiveMessage["kind"], LiveMessage>();
let close: (() => void) | null = null;

function hello(tab: MessagePort): void {
  tabs.add(tab);
  for (const message of last.values()) tab.postMessage(message);
  close ??= openLiveStream(new URL("/api/trpc", scope.location.origin).href, (message) => {
    if (message.kind === "board") last.delete("stale");
    if (message.kind === "signed-out") end();
    else last.set(message.kind, message);
    for (const each of tabs) each.postMessage(message);
  });
}

function bye(tab: MessagePort): void {
  tabs.delete(tab);
  if (tabs.size === 0) end();
}

/** The next tab that says hello opens another. */
function end(): void {
  close?.();
  close = null;
  last.clear();
}

scope.onconnect = (event) => {
  const tab = event.ports[0];
  if (!tab) return;
  tab.onmessage = ({ data }: MessageEvent<TabMessage>) => (data === "hello" ? hello(tab) : bye(tab));
};
