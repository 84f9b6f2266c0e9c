import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface PaymentsService {
  url: string;
  /** Calls answered so far. */
  calls(): number;
  /** Answers 503 from now on, or 200 again. */
  setDown(down: boolean): void;
  stop(): Promise<void>;
}

/** A downstream service over real HTTP that works until it is told to fail. */
export async function startPaymentsService(): Promise<PaymentsService> {
  let down = false;
  let calls = 0;
  const server = createServer((_request, response) => {
    calls++;
    response.writeHead(down ? 503 : 200, { "content-type": "application/json" });
    response.end(down ? '{"error":"unavailable"}' : '{"ok":true}');
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls: () => calls,
    setDown: (next) => {
      down = next;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
