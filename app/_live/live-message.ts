import type { BoardMessage } from "#server/api/live/board-feed.ts";

/** How the stream stands: `connecting` also while it is lost and asked for again. */
export type LiveLink = "connecting" | "live";

/** What the shared worker tells a tab. */
export type LiveMessage = { kind: "link"; link: LiveLink } | { kind: "signed-out" } | BoardMessage;

/** What a tab tells the shared worker when it comes and when it goes. */
export type TabMessage = "hello" | "bye";
