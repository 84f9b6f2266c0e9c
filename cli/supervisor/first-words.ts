/** What a person needs to know once everything runs, at most ten lines. */
export function firstWords(facts: {
  url: string;
  /** Null: an own Postgres, known by its masked address. */
  dataDirectory: string | null;
  databaseUrl: string;
  demoControlUrl: string | null;
}): string[] {
  const { url, dataDirectory, databaseUrl, demoControlUrl } = facts;
  return [
    "",
    "Signalbox is running.",
    `  console    ${url}`,
    "             on this machine only (loopback): sign-in does not exist yet",
    `  HTTP API   ${url}/api/v1 (tokens: npx signalbox token create --name me --scope operator)`,
    dataDirectory === null
      ? `  data       in ${databaseUrl}`
      : `  data       in ${dataDirectory} (embedded Postgres)`,
    ...(demoControlUrl === null
      ? []
      : [`  demo       is at work; make a service fail: docs/guide/demo.md, ${demoControlUrl}`]),
    "  stop       Ctrl-C",
    "",
  ];
}
