import { takeDuty } from "#server/store/duties/take-duty.ts";
import { runFallbacks } from "../fallbacks/run-fallbacks.ts";
import type { Duty } from "../metrics/maintain-metrics.ts";
import type { TestEngine, TestWorker } from "./test-engine.ts";

/** Short names for what tests of fallbacks do over and over. */
export interface FallbackKit {
  /** A live worker that serves these definitions by name. */
  serving(definitions: string[]): Promise<TestWorker>;
  /** Put the breaker of a dependency into a state, by its policy or by an operator. */
  hold(dependency: string, state: string, forced?: "open" | "closed" | null): Promise<void>;
  /** Run the duty that diverts and answers, until it has nothing more to take. */
  fallBack(): Promise<void>;
  /** The lanes, by definition, in which a job stands in line: one when all is well. */
  linesOf(jobId: string): Promise<string[]>;
  /** Jobs in line of a definition. */
  waiting(definition: string): Promise<number>;
}

/** The kit of a test engine. */
export function fallbackKit({ engine, worker, value }: TestEngine): FallbackKit {
  let duty: Duty | null = null;
  return {
    serving: async (definitions) => {
      const found = await worker();
      await value("update signalbox.workers set definitions = $2 where id = $1", [found.id, definitions]);
      return found;
    },
    hold: async (dependency, state, forced = null) => {
      await engine.pool.query({
        text: `insert into signalbox.breakers (dependency_id, state, since_ms, forced, forced_by)
          select id, $2, signalbox.now_ms(), $3::text, case when $3::text is not null then 'ada' end
          from signalbox.dependencies where name = $1
          on conflict (dependency_id) do update set state = excluded.state, forced = excluded.forced, forced_by = excluded.forced_by`,
        values: [dependency, state, forced],
      });
      await engine.flow.check();
    },
    fallBack: async () => {
      if (duty === null) {
        const epoch = await takeDuty(engine.counters, "fallbacks", "1", 600_000);
        if (epoch === null) throw new Error("the duty is somebody else's");
        duty = { name: "fallbacks", owner: "1", epoch };
      }
      while ((await runFallbacks(engine, duty)) === "more");
    },
    linesOf: async (jobId) =>
      (await value(
        `select coalesce(array_agg(d.name), '{}') from signalbox.ready r join signalbox.lanes l on l.id = r.lane
          join signalbox.definitions d on d.id = l.definition_id where r.id = $1`,
        [jobId],
      )) as string[],
    waiting: async (definition) =>
      Number(
        await value(
          `select count(*) from signalbox.ready r join signalbox.lanes l on l.id = r.lane
            join signalbox.definitions d on d.id = l.definition_id where d.name = $1`,
          [definition],
        ),
      ),
  };
}
