import type { DefinitionSpec } from "#core/definition/definition.ts";
import { definitionSchema } from "#core/definition/definition.ts";
import { SignalboxError } from "#core/error.ts";
import { findLaneWorkers } from "#core/flow/lane-workers.ts";
import type { DefinitionRecord } from "#server/store/definitions/find-definition.ts";
import type { LaneTotals } from "#server/store/metrics/read-lane-totals.ts";
import type { FleetRow } from "#server/store/overview/read-fleet.ts";

/** A definition at one of its versions. */
export interface DefinitionView {
  name: string;
  version: number;
  latestVersion: number;
  paused: boolean;
  spec: DefinitionSpec;
  createdAtMs: number;
  createdBy: string;
  /** Written by a worker or by code over the API: the next start of that code writes its own version again. */
  fromCode: boolean;
}

/** Attempts of the last hour. */
export interface DefinitionHour {
  runs: number;
  failures: number;
}

/** Who writes definitions at the start of a process: the SDK of workers and producers, and HTTP workers by token. */
const codeWriters = /^(sdk|token:.*|worker:.*)$/;

/** A stored definition as the console shows it. */
export function toDefinitionView(record: DefinitionRecord): DefinitionView {
  const { name, version, latestVersion, paused, body, createdAt, createdBy } = record;
  return {
    name,
    version,
    latestVersion,
    paused,
    spec: definitionSchema.parse(body),
    createdAtMs: createdAt.getTime(),
    createdBy,
    fromCode: codeWriters.test(createdBy),
  };
}

/** Live workers that take the jobs of a definition now; HTTP targets are called by dispatchers, of whatever pool. */
export function workersServing(
  fleet: readonly FleetRow[],
  definition: { name: string; pool: string; target: DefinitionSpec["target"] },
): number {
  const { name, pool, target } = definition;
  return findLaneWorkers(fleet, { pool, definition: name, target: target.kind }).serving;
}

/** What the lanes of a definition did. */
export function hourOf(totals: readonly LaneTotals[], lanes: ReadonlySet<number>): DefinitionHour {
  const own = totals.filter(({ lane }) => lanes.has(lane));
  return {
    runs: own.reduce((sum, total) => sum + total.started, 0),
    failures: own.reduce((sum, total) => sum + total.failures, 0),
  };
}

/** The refusal for a definition that was never written. */
export function noSuchDefinition(name: string): SignalboxError {
  return new SignalboxError("unknown_definition", `There is no definition ${name}. It may be mistyped.`);
}
