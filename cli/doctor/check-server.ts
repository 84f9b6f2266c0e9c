import type { Queryable } from "#db/client.ts";
import { readServerFacts } from "#server/store/doctor/read-server-facts.ts";
import { nowMs } from "#server/system/clock.ts";
import { explainServerVersion } from "../database/explain-connection.ts";
import { type Finding, judge } from "./finding.ts";

/** Clocks further apart than this make times in logs and console misleading, ms; leases go by the database's alone. */
const widestOffsetMs = 2_000;

/** Version, durability, connections and clock of the database server. */
export async function checkServer(db: Queryable): Promise<Finding[]> {
  const sentMs = nowMs();
  const facts = await readServerFacts(db);
  const offsetMs = Math.round(facts.nowMs - (sentMs + nowMs()) / 2);
  const version = `${Math.floor(facts.versionNumber / 10_000)}.${facts.versionNumber % 10_000}`;
  const why = explainServerVersion(facts.versionNumber);
  const safety = {
    fsync: facts.fsync,
    full_page_writes: facts.fullPageWrites,
    synchronous_commit: facts.synchronousCommit,
  };
  const unsafe = Object.entries(safety).filter(([, value]) => value === "off");
  const shown = Object.entries(safety)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
  return [
    judge("postgres version", why === null, why ?? `Postgres ${version}`, {
      status: "broken",
      fix: "move to Postgres 15 to 18",
    }),
    judge("durability", unsafe.length === 0, shown, {
      status: "broken",
      fix: `set ${unsafe.map(([name]) => `${name} = on`).join(", ")}: as it is, a crash of the server loses jobs`,
    }),
    judge(
      "connections",
      facts.connections < facts.maxConnections * 0.8,
      `${facts.connections} of ${facts.maxConnections} in use`,
      { status: "warning", fix: "raise max_connections, or run fewer processes" },
    ),
    judge(
      "clock",
      Math.abs(offsetMs) <= widestOffsetMs,
      `this machine and the database are ${Math.abs(offsetMs)} ms apart`,
      { status: "warning", fix: "set both clocks by NTP; due times and leases go by the database's" },
    ),
  ];
}
