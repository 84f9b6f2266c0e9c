/** What a person needs to know once everything runs, at most a dozen lines. */
export function firstWords(facts: {
  url: string;
  /** By which the first admin comes in; null when somebody can sign in. */
  firstLink: string | null;
  demo: boolean;
  /** Null: an own Postgres, known by its masked address. */
  dataDirectory: string | null;
  databaseUrl: string;
  demoControlUrl: string | null;
}): string[] {
  const { url, firstLink, demo, dataDirectory, databaseUrl, demoControlUrl } = facts;
  return [
    "",
    "Signalbox is running.",
    `  console    ${url}`,
    ...(firstLink === null
      ? []
      : [
          `  ${demo ? "come in   " : "first user"} ${firstLink}`,
          `             ${demo ? "lets you in as the demo's admin" : "makes the first admin"}; works once, for 24 hours`,
        ]),
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
