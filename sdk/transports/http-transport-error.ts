/** The answer of the HTTP API was a refusal. */
export class HttpTransportError extends Error {
  override readonly name = "HttpTransportError";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, detail: string) {
    super(`Signalbox answered ${status} ${code}: ${detail}`);
    this.status = status;
    this.code = code;
  }
}
