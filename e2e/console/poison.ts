import { randomBytes } from "node:crypto";
import type { Pool } from "#db/client.ts";
import { type Producer, SignalboxError } from "#sdk/index.ts";
import { hostileStrings } from "../testing/hostile-strings.ts";
import { until } from "../testing/until.ts";

/** Calls a tRPC procedure as a signed-in person does; resolves to its answer or to the code of its refusal. */
export type Call = (
  procedure: string,
  input: object,
) => Promise<{ ok: true; data: unknown } | { ok: false; code: string }>;

interface World {
  database: Pool;
  producer: Producer;
  call: Call;
}

/** What was poisoned and has a page of its own, and how it is taken out again. */
export interface Poisoned {
  /** Of a definition and a policy, which stay behind. */
  name: string;
  jobIds: string[];
  fingerprints: string[];
  workerIds: string[];
  operationId: string;
  clean: () => Promise<void>;
}

const settleMs = 60_000;
const isStorable = (text: string) => text.isWellFormed() && !text.includes("\u0000");
/** What a database of UTF-8 can hold, and for fields of a length. */
const storable = hostileStrings.filter(isStorable);
const cut = (text: string, length: number) => [...text].join("").slice(0, length).toWellFormed().trim();
const everything = storable.join("\n");

/** Submits a job for each string with it in every field, and one with all of them; resolves when all are dead. */
async function poisonJobs({ database, producer }: World): Promise<string[]> {
  const ids: string[] = [];
  const keyed = (text: string) =>
    JSON.parse(`{${JSON.stringify(text)}: ${JSON.stringify([text])}}`) as object;
  for (const text of hostileStrings) {
    const submit = producer.enqueue(
      "e2e-hostile",
      { text, nested: keyed(text) },
      {
        tags: [cut(text, 60)],
        correlationId: cut(text, 200),
        idempotencyKey: cut(`${ids.length}${text}`, 200),
      },
    );
    if (isStorable(text)) ids.push((await submit).id);
    else {
      const refusal = await submit.catch((error: unknown) => error);
      if (!(refusal instanceof SignalboxError && refusal.code === "validation"))
        throw new Error(`a payload that cannot be kept was not refused: ${JSON.stringify(text)}`);
    }
  }
  const all = JSON.parse(`{${storable.map((text) => `${JSON.stringify(text)}: ${JSON.stringify(text)}`)}}`);
  ids.push((await producer.enqueue("e2e-hostile", { text: everything, nested: all })).id);
  await until(
    "the hostile jobs are dead",
    async () => {
      const { rows } = await database.query("select from signalbox.dead where id = any($1::bigint[])", [ids]);
      return rows.length === ids.length;
    },
    settleMs,
  );
  return ids;
}

/** JSON that no interface takes, put there by hand. (U+0000 gets no further than the interfaces: see {@link poisonJobs}.) */
async function poisonStoredJson(database: Pool, [deep = "", odd = "", wild = ""]: string[]): Promise<void> {
  const depth = 10_000;
  const nested = "[".repeat(depth) + "]".repeat(depth);
  const escapes = `{"__proto__": {"__pwned": 1}, "constructor": {"prototype": {"__pwned": 1}}, "twice": 1, "twice": 2, "huge": 1e400, "long": 123456789012345678901234567890}`;
  for (const [id, json] of [
    [deep, nested],
    [odd, escapes],
    [wild, JSON.stringify(everything)],
  ])
    await database.query("update signalbox.jobs set payload = $2::json where id = $1", [id, json]);
  const error = String.raw`{"name": "\u001b[31m<svg onload=window.__pwned=1>", "code": "\u2066\u202e", "message": "\u202e<img src=x onerror=window.__pwned=1>", "stack": "at <script>window.__pwned=1</script> (javascript:window.__pwned=1)", "httpStatus": 599, "dependency": "__proto__"}`;
  await database.query("update signalbox.attempts set error = $2::json where job_id = $1", [odd, error]);
}

async function poisonWorkers(database: Pool): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `insert into signalbox.workers (id, pool, definitions, concurrency, transport, host, pid, version, heartbeat_ms,
       state, ended_at, drain_reason, drained_by)
     select 9000000 + n, text, array[text], 1, 'http', text, 1, text, 3600000,
       case when n % 2 = 0 then 'draining' else 'stopped' end, case when n % 2 = 1 then now() end, text, text
     from unnest($1::text[]) with ordinality as given(text, n) returning id::text`,
    [storable],
  );
  return rows.map(({ id }) => id);
}

async function poisonPeople(database: Pool): Promise<void> {
  await database.query(
    `insert into signalbox.users (id, login, display_name, role, password_hash, created_by, disabled_at)
     select 'usr_hostile' || n, 'hostile-' || n || '@example.test', text, 'viewer', 'none', text, now()
     from unnest($1::text[]) with ordinality as given(text, n)`,
    [storable],
  );
  await database.query(
    `insert into signalbox.tokens (id, name, scope, hash, prefix, created_by)
     select 'tok_hostile' || n, text, 'producer', decode(md5(n::text) || $2, 'hex'), 'sbx', text
     from unnest($1::text[]) with ordinality as given(text, n)`,
    [storable, randomBytes(16).toString("hex")],
  );
  await database.query(
    `insert into signalbox.saved_views (owner, name, query, columns, shared)
     select 'hostile', left(text, 60), '"' || left(replace(text, '"', ''), 500) || '"', array['id', text], true
     from unnest($1::text[]) with ordinality as given(text, n)
     on conflict do nothing`,
    [storable],
  );
}

/** Texts of definitions, and who made versions; addresses that run are refused, of a runbook as of a target. */
async function poisonCatalog({ database, call }: World, name: string): Promise<void> {
  const text = (length: number) => cut(everything, length);
  const spec = {
    queue: "e2e-hostile",
    inputSchema: {
      type: "object",
      description: text(1_000),
      properties: { hostile: { title: text(300) } },
    },
    owner: text(200),
    description: text(2_000),
    runbookUrl: `https://runbook.example/${encodeURIComponent(text(300))}`,
  };
  const given = { expectedVersion: 0, reason: text(400) };
  const put = (change: object) =>
    call("definitions.put", { name, spec: { ...spec, ...change }, force: false, ...given });
  for (const url of ["javascript:window.__pwned=1", "data:text/html,x", "//evil.example"]) {
    const answers = [
      await put({ runbookUrl: url }),
      await put({ target: { kind: "http", url } }),
      await call("rules.put", {
        rules: [{ match: { code: "x" }, class: "bug", origin: "code", runbookUrl: url }],
        expectedVersion: 0,
        reason: "",
      }),
    ];
    if (answers.some((answer) => answer.ok || answer.code !== "validation"))
      throw new Error(`${url} as an address: ${JSON.stringify(answers)}`);
  }
  const policy = { law: { kind: "constant", delayMs: 1_000 }, jitter: "none", maxAttempts: 2 };
  const answers = [await put({}), await call("policies.put", { name, policy, ...given })];
  if (answers.some(({ ok }) => !ok))
    throw new Error(`the catalogue refused words: ${JSON.stringify(answers)}`);
  await database.query(
    `update signalbox.definition_versions v set created_by = $2
     from signalbox.definitions d where d.id = v.definition_id and d.name = $1`,
    [name, everything],
  );
  await database.query("update signalbox.retry_policies set created_by = $2 where name = $1", [
    name,
    everything,
  ]);
}

/** Names and remedies of rules of either kind, and the name of the installation; resolves to the way back. */
async function poisonSettings({ call }: World): Promise<() => Promise<void>> {
  const asked = async <Answer>(procedure: string): Promise<Answer> => {
    const answer = await call(procedure, {});
    if (!answer.ok) throw new Error(`${procedure}: ${answer.code}`);
    return answer.data as Answer;
  };
  const rules = await asked<{ version: number; rules: object[] }>("rules.get");
  const hostileRules = storable.map((text) => ({
    name: cut(text, 200),
    match: {
      errorName: cut(text, 200),
      code: cut(text, 200),
      messagePattern: "^never$",
      definition: "e2e-hostile",
    },
    class: "bug",
    origin: "code",
    remediation: text,
    runbookUrl: `https://runbook.example/${encodeURIComponent(cut(text, 100))}`,
  }));
  const reason = cut(everything, 400);
  const put = await call("rules.put", { rules: hostileRules, expectedVersion: rules.version, reason });
  if (!put.ok) throw new Error(`the hostile rules were refused: ${put.code}`);
  const general = await asked<{ value: object; version: number }>("settings.general");
  await call("settings.putGeneral", {
    value: { environment: { name: "<svg onload=alert(1)>", colour: "red" }, timeZone: null },
    expectedVersion: general.version,
    reason,
  });
  return async () => {
    const { version } = await asked<{ version: number }>("rules.get");
    await call("rules.put", { rules: rules.rules, expectedVersion: version, reason: "" });
    const now = await asked<{ version: number }>("settings.general");
    await call("settings.putGeneral", { value: general.value, expectedVersion: now.version, reason: "" });
  };
}

/** Notes and reasons: what cannot be kept is refused as bad input, and the rest is in the audit trail. */
async function poisonReasons({ call }: World, jobId: string): Promise<void> {
  const name = "e2e-hostile";
  for (const text of hostileStrings) {
    const reason = text.slice(0, 400).trim();
    const answers = [
      await call("jobs.note", { id: jobId, text }),
      await call("queues.change", { name, change: { paused: true }, reason }),
      await call("queues.change", { name, change: { paused: false }, reason }),
    ];
    const right = answers.every((answer) => (answer.ok ? isStorable(text) : answer.code === "validation"));
    if (!right || answers.some(({ ok }) => ok !== isStorable(text)))
      throw new Error(`${JSON.stringify(text.slice(0, 60))} as a reason: ${JSON.stringify(answers)}`);
  }
}

/** Puts every hostile string into every field that jobs, errors, logs, workers, people and settings have. */
export async function poison(world: World): Promise<Poisoned> {
  const { database, call } = world;
  const name = `e2e-hostile-${randomBytes(3).toString("hex")}`;
  await wipe(database);
  const jobIds = await poisonJobs(world);
  const last = jobIds.at(-1) ?? "";
  await poisonStoredJson(database, jobIds);
  await poisonReasons(world, last);
  const workerIds = await poisonWorkers(database);
  await poisonPeople(database);
  await poisonCatalog(world, name);
  const restore = await poisonSettings(world);
  const { rows: groups } = await database.query<{ fingerprint: string }>(
    "select distinct fingerprint from signalbox.dead where id = any($1::bigint[]) and fingerprint is not null",
    [jobIds],
  );
  const fingerprints = groups.map(({ fingerprint }) => fingerprint);
  for (const fingerprint of fingerprints)
    await call("failures.setState", { fingerprint, act: { act: "resolve" }, reason: cut(everything, 400) });
  const bulk = await call("bulk.start", {
    ids: [jobIds[0]],
    act: { action: "discard" },
    reason: cut(everything, 400),
  });
  const { rows: operations } = await database.query<{ id: string }>(
    "select id::text from signalbox.bulk_operations order by id desc limit 1",
  );
  if (!bulk.ok || !operations[0]) throw new Error(`no bulk operation was started: ${JSON.stringify(bulk)}`);
  return {
    name,
    jobIds,
    fingerprints,
    workerIds,
    operationId: operations[0].id,
    clean: async () => {
      await restore();
      await wipe(database);
    },
  };
}

/** Takes out what was put straight into the database. */
async function wipe(database: Pool): Promise<void> {
  await database.query("delete from signalbox.workers where id > 9000000 and id < 9001000");
  await database.query("delete from signalbox.users where id like 'usr\\_hostile%'");
  await database.query("delete from signalbox.tokens where id like 'tok\\_hostile%'");
  await database.query("delete from signalbox.saved_views where owner = 'hostile'");
}
