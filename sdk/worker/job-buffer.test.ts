import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fakeJob } from "../testing/fake-transport.ts";
import type { TransportJob } from "../transports/transport.ts";
import { JobBuffer } from "./job-buffer.ts";

describe("the buffer of claimed jobs", () => {
  it("gives urgent jobs first and each kind in the order of its claim, whatever is added and taken meanwhile", () => {
    const act = fc.oneof(
      fc.record({ kind: fc.constant("add" as const), ranks: fc.array(fc.nat(4), { maxLength: 40 }) }),
      fc.record({ kind: fc.constant("take" as const), others: fc.boolean(), count: fc.nat(60) }),
      fc.record({ kind: fc.constant("pick" as const), of: fc.nat(5) }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const buffer = new JobBuffer();
        let model: TransportJob[] = [];
        for (const step of acts) {
          if (step.kind === "add") {
            const jobs = step.ranks.map((rank) => fakeJob({ rank }));
            buffer.add(jobs);
            model.push(...jobs);
          } else if (step.kind === "pick") {
            const wanted = (job: TransportJob) => Number(job.id) % 6 === step.of;
            const urgentFirst = [...model].sort((a, b) => Number(a.rank > 1) - Number(b.rank > 1));
            expect(buffer.takeAll(wanted)).toEqual(urgentFirst.filter(wanted));
            model = model.filter((job) => !wanted(job));
          } else {
            for (let n = 0; n < step.count; n++) {
              const next = model.find((job) => job.rank <= 1) ?? (step.others ? model[0] : undefined);
              expect(buffer.take(step.others)).toBe(next);
              model = model.filter((job) => job !== next);
            }
          }
          expect(buffer.size).toBe(model.length);
          expect(buffer.otherSize).toBe(model.filter((job) => job.rank > 1).length);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("lets go of jobs that were taken even when it never runs empty", () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const buffer = new JobBuffer();
    let first: WeakRef<TransportJob> | undefined;
    buffer.add([fakeJob(), fakeJob()]);
    for (let n = 0; n < 2_000; n++) {
      const job = fakeJob({ rank: n % 2 === 0 ? 0 : 3 });
      first ??= new WeakRef(job);
      buffer.add([job]);
      buffer.take(true);
    }
    expect(buffer.size).toBe(2);
    return new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      collect();
      expect(first?.deref()).toBeUndefined();
    });
  });
});
