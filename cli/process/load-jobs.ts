import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { SignalboxError } from "#core/error.ts";
import type { JobDefinition } from "#sdk/index.ts";

/**
 * The job definitions that a module exports, as `jobs` or by default: an array, or a single one. Throws, naming the
 * file and what to do, when there is none, when it throws on load (with its stack), when it exports nothing that
 * defineJob made, and when two have one name.
 */
export async function loadJobs(file: string): Promise<JobDefinition[]> {
  const place = path.resolve(file);
  if (!existsSync(place))
    throw refusal(`there is no worker module ${place}: give the path of a file that exports jobs`);
  const module = await load(place);
  const exported = module.jobs ?? module.default;
  const jobs = Array.isArray(exported) ? exported : exported === undefined ? [] : [exported];
  if (jobs.length === 0)
    throw refusal(
      `${place} exports no jobs: export const jobs = [ … ] with what defineJob returned, or make it the default export`,
    );
  for (const [index, job] of jobs.entries())
    if (!isJob(job))
      throw refusal(
        `${place}: jobs[${index}] is not what defineJob returns: it has no name, body and handler`,
      );
  const names = (jobs as JobDefinition[]).map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw refusal(`${place}: two of the jobs are named ${twice}: a name is one definition's`);
  return jobs as JobDefinition[];
}

async function load(place: string): Promise<{ jobs?: unknown; default?: unknown }> {
  try {
    return await import(pathToFileURL(place).href);
  } catch (cause) {
    const story = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    throw new SignalboxError("bad_request", `the worker module ${place} failed to load:\n${story}`, {
      cause,
    });
  }
}

function isJob(value: unknown): value is JobDefinition {
  const { name, handler, body } = (value ?? {}) as Partial<JobDefinition>;
  return (
    typeof name === "string" && typeof handler === "function" && typeof body === "object" && body !== null
  );
}

function refusal(message: string): SignalboxError {
  return new SignalboxError("bad_request", message);
}
