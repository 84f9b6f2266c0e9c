import type { IncomingMessage, ServerResponse } from "node:http";
import type { AccessOptions } from "./access-options.ts";

/** The cookie that holds a session: bound to this host alone and to TLS where there is TLS, never seen by a script. */
export class SessionCookie {
  readonly name: string;
  readonly #secure: boolean;
  readonly #maxAgeSeconds: number;

  constructor({ publicUrl, maxMs }: Pick<AccessOptions, "publicUrl" | "maxMs">) {
    this.#secure = publicUrl?.protocol === "https:";
    this.name = this.#secure ? "__Host-signalbox_session" : "signalbox_session";
    this.#maxAgeSeconds = Math.floor(maxMs / 1_000);
  }

  /** What the browser sent, or null. Of several of the name none is believed: one of them was put there by another. */
  read(req: IncomingMessage): string | null {
    const found = (req.headers.cookie ?? "")
      .split(";")
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(`${this.name}=`));
    return found.length === 1 ? (found[0]?.slice(this.name.length + 1) ?? null) : null;
  }

  /** Has the browser keep a session, or with null forget it. Lax and not Strict, so that links to a page open it. */
  write(res: ServerResponse, secret: string | null): void {
    const rest = `Path=/; HttpOnly; SameSite=Lax${this.#secure ? "; Secure" : ""}`;
    const age = secret === null ? 0 : this.#maxAgeSeconds;
    res.setHeader("set-cookie", `${this.name}=${secret ?? ""}; Max-Age=${age}; ${rest}`);
  }
}
