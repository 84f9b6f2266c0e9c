import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface StatementCounter {
  /** The database behind the counter: what connects by this address is counted. */
  url: string;
  /** Statements sent so far, those that begin and end transactions too. */
  readonly sent: number;
  close(): Promise<void>;
}

const simpleQuery = "Q".charCodeAt(0);
const execute = "E".charCodeAt(0);
/** Length of a message's type and of its length, bytes. */
const typeBytes = 1;
const lengthBytes = 4;

/**
 * A relay before a Postgres that counts the statements its clients send: simple queries and executions of prepared ones,
 * as the frontend protocol of PostgreSQL, version 3, frames them. For clients without TLS.
 */
export async function countStatements(databaseUrl: string): Promise<StatementCounter> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let sent = 0;
  const relay = createServer((client) => {
    const server = connect(Number(target.port || 5432), target.hostname);
    const frames = readFrames((type) => {
      if (type === simpleQuery || type === execute) sent++;
    });
    client.on("data", frames);
    // A statement held back to be sent with the next one would be measured as a slow one.
    client.setNoDelay();
    server.setNoDelay();
    client.pipe(server).pipe(client);
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(socket);
      // Whichever end breaks takes the other with it; who is told is the client.
      socket.on("error", () => other.destroy());
      socket.on("close", () => open.delete(socket));
    }
  });
  relay.listen(0, "127.0.0.1");
  await once(relay, "listening");
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String((relay.address() as AddressInfo).port);
  return {
    url: url.href,
    get sent() {
      return sent;
    },
    async close() {
      relay.close();
      for (const socket of open) socket.destroy();
      await once(relay, "close");
    },
  };
}

/** Tells the type of each message of a client's stream, however it is cut; the first one, the start-up, has none. */
export function readFrames(tell: (type: number) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  let skip = 0;
  let started = false;
  return (chunk) => {
    let at = Math.min(skip, chunk.length);
    skip -= at;
    if (skip > 0) return;
    rest = Buffer.concat([rest, chunk.subarray(at)]);
    at = 0;
    for (;;) {
      const head = started ? typeBytes : 0;
      if (rest.length - at < head + lengthBytes) break;
      if (started) tell(rest[at] as number);
      const end = at + head + rest.readUInt32BE(at + head);
      started = true;
      if (end >= rest.length) {
        skip = end - rest.length;
        at = rest.length;
        break;
      }
      at = end;
    }
    rest = rest.subarray(at);
  };
}
