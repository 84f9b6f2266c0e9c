/** What is known of the other side of a call. */
export interface Peer {
  /** Ours to run (our database, our network), or somebody else's; null when nothing tells. */
  place: "ours" | "theirs" | null;
  /** A dependency that is named, listed, well known or inside our network: a host that should have an address. */
  known: boolean;
}

const ownStore =
  /postgres|psql|\bpg\b|pgbouncer|mysql|maria|redis|valkey|mongo|kafka|rabbit|amqp|sqlite|database|(^|[^a-z])db([^a-z]|$)|memcache|cache|nats|elastic|opensearch|clickhouse|cassandra|etcd|zookeeper|minio|queue|internal|localhost|\blocal\b/;
const managed =
  /\baws\b|amazon|\brds\b|aurora|dynamo|\bsqs\b|\bs3\b|azure|google|\bgcp\b|cloud|atlas|confluent|upstash|\bneon\b|supabase|planetscale|elasticache|redshift|bigquery|firestore|snowflake|heroku|render\.com/;
const managedHost =
  /\.(amazonaws\.com|azure\.com|windows\.net|mongodb\.net|googleapis\.com|confluent\.cloud|upstash\.io|neon\.tech|supabase\.(co|com)|psdb\.cloud|redis-cloud\.com|redislabs\.com|aivencloud\.com)$/;
const wellKnownHost =
  /(^|\.)(stripe\.com|amazonaws\.com|googleapis\.com|google\.com|github\.com|githubusercontent\.com|slack\.com|openai\.com|anthropic\.com|azure\.com|windows\.net|microsoft\.com|microsoftonline\.com|twilio\.com|sendgrid\.(com|net)|mailgun\.(net|org)|paypal\.com|shopify\.com|myshopify\.com|salesforce\.com|hubapi\.com|cloudflare\.com|office365\.com|gmail\.com|atlassian\.(com|net)|notion\.com|discord\.com|telegram\.org|mongodb\.net|npmjs\.org)$/;
const privateAddress =
  /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|0\.0\.0\.0|::1(:\d{1,5})?$|fd[0-9a-f]{2}:|fe80:|localhost$)/;
const internalName =
  /^[a-z0-9_-]{1,63}$|\.(internal|local|lan|svc|localdomain|home|corp|intra|cluster\.local|consul|docker)$|\.svc\./;

const inUrl =
  /\b[a-z][a-z0-9+.-]{1,14}:\/\/(?:[^\s/@]{1,120}@)?\[?([a-z0-9_.:-]{1,253}?)\]?(?::\d{1,5})?(?:[/?#\s"')\],;]|$)/;
const afterErrno =
  /\b(?:enotfound|eai_again|econnrefused|etimedout|econnreset|ehostunreach|enetunreach|ehostdown|epipe|queryA|querysrv enotfound|_srv)\s{1,3}([a-z0-9_.:-]{1,253})/;
const afterWord =
  /\b(?:connect(?:ion)? to|reach|host|hostname|server at|broker at|to server|resolve host:?|address(?: \(attempted address: ?)?|lookup) ["'`]?([a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,8})(?::\d{2,5})?\b/;
const withPort = /\b([a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){1,8}):\d{2,5}\b/;

const fillers = new Set([
  "the",
  "a",
  "an",
  "server",
  "database",
  "any",
  "all",
  "this",
  "our",
  "your",
  "host",
  "be",
  "on",
  "at",
  "to",
  "is",
  "undefined",
  "null",
]);

function hostIn(words: string): string | null {
  for (const pattern of [inUrl, afterErrno, withPort, afterWord]) {
    const found = pattern.exec(words)?.[1];
    if (found === undefined || fillers.has(found)) continue;
    const host = found.startsWith("::") ? found : found.replace(/:\d{1,5}$/, "").replace(/[.:-]+$/, "");
    if (host !== "" && !/^\d{1,5}$/.test(host)) return host;
  }
  return null;
}

function placeOfHost(host: string): "ours" | "theirs" {
  if (privateAddress.test(host)) return "ours";
  if (managedHost.test(host)) return "theirs";
  return internalName.test(host) ? "ours" : "theirs";
}

/**
 * Who is on the other side: told from the dependency's name first, then from a host in the words (lower
 * case). A data store of ours is ours, one that somebody else runs is theirs.
 */
export function findPeer(
  words: readonly string[],
  dependency: string,
  knownDependencies: readonly string[],
): Peer {
  let host: string | null = null;
  for (const text of words) {
    host = hostIn(text);
    if (host !== null) break;
  }
  if (dependency !== "") {
    const name = dependency.toLowerCase();
    if (managed.test(name)) return { place: "theirs", known: true };
    if (!ownStore.test(name)) return { place: "theirs", known: true };
    return { place: host !== null && managedHost.test(host) ? "theirs" : "ours", known: true };
  }
  if (host === null) return { place: null, known: false };
  const listed = knownDependencies.some(
    (one) =>
      typeof one === "string" &&
      one !== "" &&
      (host === one.toLowerCase() || host.includes(one.toLowerCase())),
  );
  const known = listed || wellKnownHost.test(host) || privateAddress.test(host) || internalName.test(host);
  return { place: placeOfHost(host), known };
}
