import { setTimeout as wait } from "node:timers/promises";
import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import pg from "pg";
import { signInVisitor } from "../../e2e/console/sign-in-visitor.ts";
import { findBrowser } from "../../e2e/testing/find-browser.ts";
import { startProcess } from "../../e2e/testing/start-process.ts";
import { countStatements } from "./count-statements.ts";
import { fillConsole } from "./fill-console.ts";
import { measureIdle } from "./measure-idle.ts";
import { measurePages, type PageLoad } from "./measure-pages.ts";
import { measurePixel } from "./measure-pixel.ts";
import { measureQueries, type QueryTimes } from "./measure-queries.ts";
import { quantile } from "./quantile.ts";
import { querySamples } from "./query-samples.ts";

export interface ConsoleFigures {
  queries: QueryTimes[];
  pages: PageLoad[];
  pixelMs: number[];
  /** Statements a second that the web process sends with no page open. */
  quietPerSecond: number;
  /** Statements a second that an open, idle Board adds. */
  idlePerSecond: number;
}

const port = 3_998;
/** What opening a page asks and loads ahead is over then. */
const settleSeconds = 15;
const idleSeconds = 30;
/** Whose figure on the Board is watched. */
const pixelQueue = "nightly";

/**
 * The console on a full database, as an operator meets it: a production build, its web process and a dispatcher, a real
 * browser. `keep` names a database that is filled already.
 */
export async function benchConsole(
  databaseUrl: string,
  options: { quick: boolean; keep: boolean },
  say: (line: string) => void,
): Promise<ConsoleFigures> {
  const filling = options.quick
    ? { finishedJobs: 200_000, waitingJobs: 20_000 }
    : { finishedJobs: 10_000_000, waitingJobs: 1_000_000 };
  if (!options.keep) await fillConsole(databaseUrl, filling, say);
  const closers: (() => Promise<unknown>)[] = [];
  const opened = <T>(resource: T, close: (of: T) => Promise<unknown>): T => {
    closers.unshift(() => close(resource));
    return resource;
  };
  try {
    const client = opened(new pg.Client({ connectionString: databaseUrl }), (of) => of.end());
    await client.connect();
    const environment = { DATABASE_URL: databaseUrl, LOG_LEVEL: "warn" };
    const baseUrl = `http://127.0.0.1:${port}`;
    opened(
      await startProcess(["cli/signalbox.ts", "dispatcher"], environment, () => hasFreshDepth(client)),
      (of) => of.stop(),
    );
    const startWeb = (url: string) =>
      startProcess(
        ["cli/signalbox.ts", "web", "--port", String(port)],
        { ...environment, DATABASE_URL: url },
        () => answers(`${baseUrl}/readyz`),
      );
    const web = await startWeb(databaseUrl);
    let isUp = true;
    opened(web, async (of) => {
      if (isUp) await of.stop();
    });
    const browser = opened(await openBrowser(), (of) => of.close());
    const { cookie } = await signInVisitor({ baseUrl, databaseUrl }, "admin");
    const samples = await querySamples(client, Date.now());
    say(`${samples.length} queries, ${options.quick ? 10 : 30} times each`);
    const header = `${cookie.name}=${cookie.value}`;
    const queries = await measureQueries(baseUrl, header, samples, options.quick ? 10 : 30);
    say(formatQueries(queries));
    const openContext = async (from: Browser): Promise<BrowserContext> => {
      const context = await from.newContext({ viewport: { width: 1_440, height: 900 } });
      await context.addCookies([{ ...cookie, url: baseUrl }]);
      return context;
    };
    const pages = await measurePages(browser, openContext, baseUrl, await pagePaths(client));
    say(formatPages(pages));
    await web.stop();
    isUp = false;
    // The counter costs time, so it stands in the way of the last figures alone.
    const counter = opened(await countStatements(databaseUrl), (of) => of.close());
    opened(await startWeb(counter.url), (of) => of.stop());
    await workOff(client, pixelQueue);
    const context = await openContext(browser);
    const board = await context.newPage();
    const quietPerSecond = await measureIdle(counter, idleSeconds);
    await board.goto(baseUrl, { waitUntil: "load" });
    await board.getByRole("list").first().waitFor();
    await wait(settleSeconds * 1_000);
    const openPerSecond = await measureIdle(counter, idleSeconds);
    const pixelMs = await measurePixel(board, client, pixelQueue, options.quick ? 10 : 40);
    return { queries, pages, pixelMs, quietPerSecond, idlePerSecond: openPerSecond - quietPerSecond };
  } finally {
    for (const close of closers) await close();
  }
}

async function openBrowser(): Promise<Browser> {
  const found = await findBrowser();
  return chromium.launch({
    executablePath: found.executablePath,
    args: [
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
    env: { ...process.env, ...found.environment } as Record<string, string>,
  });
}

/** Depths of long lines are lower bounds: whose figure is to change by a hundred jobs must be short. */
async function workOff(client: pg.Client, queue: string): Promise<void> {
  await client.query(
    `delete from signalbox.ready where lane in (
       select l.id from signalbox.lanes l join signalbox.queues q on q.id = l.queue_id where q.name = $1)`,
    [queue],
  );
}

/** Every page with an address of its own. */
async function pagePaths(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query(
    `select (select id from signalbox.dead order by finished_at_ms desc limit 1) as job,
      (select fingerprint from signalbox.failure_groups order by attempts desc limit 1) as fingerprint`,
  );
  const { job, fingerprint } = rows[0] as Record<string, string>;
  return [
    ...["/", "/queues", "/queues/billing", "/jobs", "/jobs?q=state:dead", `/jobs/${job}`, "/failures"],
    ...[
      `/failures/${fingerprint}`,
      "/dead-letter",
      "/rules",
      "/policies",
      "/policies/default",
      "/definitions",
    ],
    ...["/definitions/billing-send", "/priorities", "/workers", "/workers/7", "/bulk", "/audit", "/settings"],
    ...["/settings/people", "/settings/tokens", "/settings/redaction", "/settings/retention", "/sign-in"],
    ...["/dependencies", "/dependencies/payments-api", "/automation", "/alerts"],
    ...["/settings/alerts", "/settings/webhooks", "/settings/storage"],
  ];
}

async function answers(url: string): Promise<boolean> {
  return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
}

async function hasFreshDepth(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    "select max(at_ms) > signalbox.now_ms() - 3000 as fresh from signalbox.depth_samples",
  );
  return rows[0].fresh === true;
}

/** The last figures as lines for people; queries and pages were told as they were measured. */
export function formatConsoleFigures({ pixelMs, quietPerSecond, idlePerSecond }: ConsoleFigures): string {
  return [
    `change to pixel, ms: p50 ${quantile(pixelMs, 0.5).toFixed(0)}, p95 ${quantile(pixelMs, 0.95).toFixed(0)}`,
    `an idle Board adds ${idlePerSecond.toFixed(2)} statements a second to ${quietPerSecond.toFixed(2)} without it`,
  ].join("\n");
}

function formatQueries(queries: readonly QueryTimes[]): string {
  const slowest = [...queries].sort((a, b) => b.p95Ms - a.p95Ms);
  return [
    `queries, ms over HTTP, the slowest first (${queries.length} in all)`,
    "      p50      p95      max",
    ...slowest
      .slice(0, 40)
      .map(
        ({ sample, p50Ms, p95Ms, maxMs }) =>
          `${figure(p50Ms)} ${figure(p95Ms)} ${figure(maxMs)}  ${sample.procedure} ${sample.about}`,
      ),
  ].join("\n");
}

function formatPages(pages: readonly PageLoad[]): string {
  return [
    "pages: script kB as transferred, LCP ms",
    ...pages.map(({ path: of, scriptKb, lcpMs }) => `${figure(scriptKb)} ${figure(lcpMs)}  ${of}`),
  ].join("\n");
}

function figure(value: number): string {
  return value.toFixed(1).padStart(8);
}
