import { type Incident, isQuiet } from "../attention/find-incidents.ts";
import { sayDuration } from "../say-duration.ts";
import { type Finding, runbookOf } from "./alert.ts";

/** From so many jobs given up on it asks for somebody now. */
const criticalDeaths = 5;

/** What fails now, as {@link Incident}s have it: one alert a dependency, or a group of failures. `isHeld`: a breaker is open for it. */
export function findFailureRise(
  incidents: readonly Incident[],
  isHeld: (dependency: string) => boolean,
  nowMs: number,
): Finding[] {
  return incidents.map((incident): Finding => {
    const { dependency, attempts, deaths, sinceMs, queues, groups } = incident;
    const [group] = groups;
    const [queue] = queues;
    const objectId = dependency ?? group?.fingerprint ?? "";
    const held = dependency !== null && isHeld(dependency);
    const who = dependency ?? "What calls nothing outside";
    return {
      key: dependency === null ? `failure-rise:group:${objectId}` : `failure-rise:${objectId}`,
      kind: "failure-rise",
      level: isQuiet(incident, nowMs) ? 0.4 : 1,
      severity: deaths >= criticalDeaths ? "critical" : "warning",
      objectKind: dependency === null ? "group" : "dependency",
      objectId,
      sinceMs,
      jobIds: [],
      evidence: [
        { label: "attempts failed", value: attempts, unit: "count" },
        { label: "jobs given up", value: deaths, unit: "count" },
        { label: "class", value: incident.class, unit: "text" },
        { label: "most often", value: group?.title ?? "", unit: "text" },
        ...queues.slice(0, 5).map((name) => ({ label: "queue", value: name, unit: "queue" }) as const),
      ],
      cause: `${dependency === null ? `Jobs${queue === undefined ? "" : ` of queue ${queue}`} fail` : `${who} fails`} since ${sayDuration(Math.max(0, nowMs - sinceMs))}: ${attempts} attempts (${incident.class}), ${deaths === 0 ? "no job given up" : `${deaths} ${deaths === 1 ? "job" : "jobs"} given up`}.`,
      ruledOut: [
        incident.origin === "dependency"
          ? "The jobs themselves are not at fault: the errors come from what they call."
          : "It is not a single hiccup: it has failed without a pause of five minutes.",
        ...(held ? ["Its breaker is open already: it costs little from now on."] : []),
      ],
      whatToDo: [
        "Open the failure group: it shows an error in full, since which version it happens, and on which hosts.",
        dependency === null
          ? "If a release caused it, pause the queue, roll back, and retry what died from the group."
          : `Look at ${dependency}; when it works again, retry what died from the group.`,
      ],
      containment:
        dependency !== null
          ? held
            ? null
            : { action: "open-breaker", dependency, label: `Force the breaker of ${dependency} open` }
          : queues.length === 1 && queue !== undefined
            ? { action: "pause-queue", queue, label: `Pause queue ${queue}` }
            : null,
      runbook: runbookOf("failure-rise"),
    };
  });
}
