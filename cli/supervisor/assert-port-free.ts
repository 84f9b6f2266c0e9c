import { once } from "node:events";
import { createServer } from "node:net";
import { SignalboxError } from "#core/error.ts";

/** Throws, naming the port and how to choose another, when it cannot be listened on. */
export async function assertPortFree(host: string, port: number): Promise<void> {
  const server = createServer();
  // A console tab that reconnects meanwhile would keep the probe open.
  server.on("connection", (socket) => socket.destroy());
  server.listen(port, host.replace(/^\[|\]$/g, ""));
  try {
    await once(server, "listening");
  } catch (cause) {
    const code = (cause as { code?: string }).code;
    const why =
      code === "EADDRINUSE"
        ? `port ${port} is in use`
        : code === "EACCES"
          ? `port ${port} may not be used by this user`
          : `${host} port ${port} cannot be listened on (${code})`;
    throw new SignalboxError("conflict", `${why}: choose another with --port N or PORT`, { cause });
  }
  server.close();
  await once(server, "close");
}
