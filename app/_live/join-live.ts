import type { LiveMessage, TabMessage } from "./live-message.ts";
import { openLiveStream } from "./open-live-stream.ts";

/**
 * Joins the stream that all tabs share. Where the browser has no shared workers the tab opens its own and closes it
 * while it is hidden. Returns what leaves it again.
 */
export function joinLive(url: string, onMessage: (message: LiveMessage) => void): () => void {
  return typeof SharedWorker === "undefined" ? joinAlone(url, onMessage) : joinShared(onMessage);
}

function joinShared(onMessage: (message: LiveMessage) => void): () => void {
  const worker = new SharedWorker(new URL("./live.worker.ts", import.meta.url), {
    type: "module",
    name: "signalbox-live",
  });
  const say = (word: TabMessage) => worker.port.postMessage(word);
  const hello = () => say("hello");
  const bye = () => say("bye");
  worker.port.onmessage = ({ data }: MessageEvent<LiveMessage>) => onMessage(data);
  hello();
  addEventListener("pagehide", bye);
  addEventListener("pageshow", hello);
  return () => {
    removeEventListener("pagehide", bye);
    removeEventListener("pageshow", hello);
    bye();
    worker.port.close();
  };
}

function joinAlone(url: string, onMessage: (message: LiveMessage) => void): () => void {
  let close: (() => void) | null = null;
  const follow = () => {
    if (document.hidden) {
      close?.();
      close = null;
    } else {
      close ??= openLiveStream(url, (message) => {
        if (message.kind === "signed-out") close = null;
        onMessage(message);
      });
    }
  };
  follow();
  document.addEventListener("visibilitychange", follow);
  return () => {
    document.removeEventListener("visibilitychange", follow);
    close?.();
  };
}
