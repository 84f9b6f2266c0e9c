import { expect, it } from "vitest";
import type { ReasonCount } from "#core/flow/count-waiting-reasons.ts";
import { findReasonJobs } from "./find-reason-jobs.ts";

const reason = (more: Partial<ReasonCount>): ReasonCount => ({
  ...{ kind: "in-line", of: null, jobs: 3, exactness: "exact" },
  ...{ states: ["available"], definitions: ["send", "print"], priorities: ["normal"] },
  ...more,
});
const text = (more: Partial<ReasonCount>) =>
  new URL(findReasonJobs("mail", reason(more)), "http://x").searchParams.get("q");

it("leads to the jobs of a reason as far as filters can say", () => {
  expect(text({})).toBe("queue:mail state:available,held");
  expect(text({ kind: "queue-paused", states: ["available", "scheduled", "held"] })).toBe(
    "queue:mail state:available,held,scheduled",
  );
  expect(text({ kind: "breaker-open", of: "bank" })).toBe(
    "queue:mail state:available,held definition:send,print",
  );
  expect(text({ kind: "cap-reached", of: "send", definitions: ["send"] })).toBe(
    "queue:mail state:available,held definition:send",
  );
  expect(text({ kind: "rate-limit" })).toBe("queue:mail state:available,held");
  expect(text({ kind: "pressure-deferred", priorities: ["bulk"], definitions: ["send"] })).toBe(
    "queue:mail state:available,held definition:send priority:bulk",
  );
});
