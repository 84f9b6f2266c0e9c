import type { Page } from "@playwright/test";
import type pg from "pg";

/** A change that is not on the screen after so long never will be, ms. */
const longestMs = 20_000;

/**
 * From a commit in the database to the changed figure on the Board: how long it took, ms, `times` over, sorted. Each
 * turn adds jobs in line to a queue at the moment a statement commits and waits for the waiting count of its row to
 * change. The queue's waiting jobs are to be so few that each is counted. Rejects when a change does not appear.
 */
export async function measurePixel(
  page: Page,
  client: pg.Client,
  queue: string,
  times: number,
): Promise<number[]> {
  const { rows } = await client.query<{ lane: number; class: number }>(
    `select l.id as lane, v.class from signalbox.lanes l join signalbox.queues q on q.id = l.queue_id
     join signalbox.definition_versions v on v.definition_id = l.definition_id where q.name = $1 limit 1`,
    [queue],
  );
  const [line] = rows;
  if (!line) throw new Error(`no lane of queue ${queue}`);
  const spent: number[] = [];
  for (let turn = 0; turn < times; turn++) {
    const changed = page.evaluate(
      ([name, longest]) => {
        const row = document
          .querySelector(`li > span:first-child > a[href="/queues/${name}"]`)
          ?.closest("li");
        if (!row) throw new Error(`no row of ${name}`);
        const before = row.textContent;
        return new Promise<number>((resolve, reject) => {
          setTimeout(() => reject(new Error(`the row of ${name} did not change: ${before}`)), longest);
          const observer = new MutationObserver(() => {
            if (row.textContent === before) return;
            observer.disconnect();
            requestAnimationFrame(() => resolve(Date.now()));
          });
          observer.observe(row, { subtree: true, childList: true, characterData: true });
        });
      },
      [queue, longestMs] as const,
    );
    await client.query(
      `with made as (
         insert into signalbox.jobs (id, lane, class, definition_version, payload)
         select signalbox.first_id_at(signalbox.now_ms()) + 900000 + n, $1, $2, 1, '{}'
         from generate_series(1, $3::int) n returning id)
       insert into signalbox.ready (run_at_ms, id, lane, attempt, class, failures, losses)
       select signalbox.now_ms(), id, $1, 0, $2, 0, 0 from made`,
      [line.lane, line.class, 100 + turn],
    );
    const committedAtMs = Date.now();
    spent.push(Math.max(0, (await changed) - committedAtMs));
  }
  return spent.sort((a, b) => a - b);
}
