import type { inferRouterOutputs } from "@trpc/server";
import Link from "next/link";
import { definitionWords } from "#app/words/definition-words.ts";
import { sayPolicy } from "#app/words/policy-words.ts";
import { pressureWords } from "#app/words/pressure-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatCount } from "#components/domain/format-count.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { PriorityBadge } from "#components/domain/priority-badge.tsx";
import { SchemaView } from "#components/domain/schema-view.tsx";
import { Fact } from "#components/ui/fact.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { alternateOf, cachedForMs } from "#core/definition/fallback.ts";
import type { AppRouter } from "#server/api/root.ts";
import { AuditTrail } from "../../../_parts/audit-trail.tsx";
import { AutomationTrail } from "../../../_parts/automation-trail.tsx";

type View = inferRouterOutputs<AppRouter>["definitions"]["get"];
const { head, limit } = definitionWords;

/** What a definition says, for reading. */
export function DefinitionFacts({ view }: { view: View }) {
  const { spec, workers, hour } = view;
  const alternate = alternateOf(spec);
  const cachedMs = cachedForMs(spec);
  const span = (ms: number | undefined) => (ms === undefined ? limit.none : formatDuration(ms));
  return (
    <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,1fr)_340px]">
      <div className="flex min-w-0 flex-col gap-5">
        {spec.description ? (
          <Panel title={definitionWords.description}>
            <p className="max-w-160 pt-2 break-words whitespace-pre-line">
              <ForeignText text={spec.description} />
            </p>
          </Panel>
        ) : null}
        <Panel title={definitionWords.input}>
          <SchemaView schema={spec.inputSchema} label={definitionWords.input} />
        </Panel>
        <Panel title={definitionWords.output}>
          {spec.outputSchema === undefined ? (
            <p className="pt-2 text-sm text-ink-3">{definitionWords.noOutput}</p>
          ) : (
            <SchemaView schema={spec.outputSchema} label={definitionWords.output} />
          )}
        </Panel>
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <Panel title={definitionWords.facts}>
          <dl>
            <Fact name={head.owner}>{spec.owner ? <ForeignText text={spec.owner} /> : null}</Fact>
            <Fact name={head.queue}>
              <Link
                href={`/queues/${encodeURIComponent(spec.queue)}`}
                prefetch={false}
                className="hover:underline"
              >
                {spec.queue}
              </Link>
            </Fact>
            <Fact name={head.priority}>
              <PriorityBadge priority={spec.priority} />
            </Fact>
            <Fact name={head.policy}>
              {typeof spec.retryPolicy === "string" ? (
                <Link
                  href={`/policies/${encodeURIComponent(spec.retryPolicy)}`}
                  prefetch={false}
                  className="hover:underline"
                >
                  {spec.retryPolicy}
                </Link>
              ) : (
                <span>
                  {definitionWords.ownPolicy}: {sayPolicy(spec.retryPolicy)}
                </span>
              )}
            </Fact>
            <Fact name={pressureWords.form.sheddable} why={pressureWords.form.sheddableHint}>
              {spec.sheddable ? pressureWords.form.yes : null}
            </Fact>
            <Fact name={pressureWords.form.preemptible} why={pressureWords.form.preemptibleHint}>
              {spec.preemptible ? pressureWords.form.yes : null}
            </Fact>
            <Fact name={pressureWords.form.deferrable} why={pressureWords.form.deferrableHint}>
              {spec.deferrable ? pressureWords.form.yes : null}
            </Fact>
            <Fact name={definitionWords.target}>
              {spec.target.kind === "http" ? (
                <span className="font-mono break-all">
                  <ForeignText text={spec.target.url} />
                </span>
              ) : (
                definitionWords.targetWorker
              )}
            </Fact>
            <Fact name={head.dependencies}>
              {spec.dependencies?.length ? (
                <span className="flex flex-wrap justify-end gap-x-2">
                  {spec.dependencies.map((dependency) => (
                    <Link
                      key={dependency}
                      href={`/dependencies/${encodeURIComponent(dependency)}`}
                      prefetch={false}
                      className="hover:underline"
                    >
                      {dependency}
                    </Link>
                  ))}
                </span>
              ) : (
                definitionWords.noDependencies
              )}
            </Fact>
            <Fact name={definitionWords.fallback} why={definitionWords.fallbackWhy}>
              {alternate !== null ? (
                <Link
                  href={`/definitions/${encodeURIComponent(alternate)}`}
                  prefetch={false}
                  className="hover:underline"
                >
                  {alternate}
                </Link>
              ) : cachedMs !== null ? (
                definitionWords.fallbackCached(cachedMs)
              ) : null}
            </Fact>
            <Fact name={head.workers}>
              {workers === 0 ? <span className="text-gate-stop">{definitionWords.noWorkers}</span> : workers}
            </Fact>
            <Fact name={definitionWords.lastHour}>
              {definitionWords.lastHourOf(hour.runs, hour.failures)}
            </Fact>
            <Fact name={definitionWords.runbook}>
              {spec.runbookUrl ? (
                <a
                  href={spec.runbookUrl}
                  rel="noreferrer"
                  target="_blank"
                  className="break-all text-accent hover:underline"
                >
                  <ForeignText text={spec.runbookUrl} />
                </a>
              ) : null}
            </Fact>
          </dl>
        </Panel>
        <Panel title={definitionWords.limits}>
          <dl>
            <Fact name={limit.attempt}>{span(spec.timeouts.attemptMs)}</Fact>
            <Fact name={limit.heartbeat}>{span(spec.timeouts.heartbeatMs)}</Fact>
            <Fact name={limit.total}>{span(spec.timeouts.totalMs)}</Fact>
            <Fact name={limit.maxRunning}>
              {spec.maxRunning === undefined ? limit.none : formatCount(spec.maxRunning)}
            </Fact>
          </dl>
        </Panel>
        <Panel title={definitionWords.guarantee}>
          <p className="pt-2 text-sm text-ink-2">{definitionWords.guarantees[spec.guarantee]}</p>
        </Panel>
        {view.fromCode ? <p className="text-sm text-ink-3">{definitionWords.fromCodeWhy}</p> : null}
        <AutomationTrail objectKind="definition" objectId={view.name} />
        <AuditTrail objectKind="definition" objectId={view.name} />
      </div>
    </div>
  );
}
