/**
 * An answer of 400 or above, thrown as HTTP clients throw it: `status`, the answer's `headers` (Retry-After
 * among them), and in `code` the service's own word for what is wrong, where it gave one.
 */
export class HttpStatusError extends Error {
  readonly status: number;
  readonly headers: Headers;
  readonly code: string | undefined;
  readonly dependency: string;

  constructor(
    dependency: string,
    call: string,
    response: Response,
    said: { code?: string; message?: string },
  ) {
    super(`${call} answered ${response.status}${said.message === undefined ? "" : `: ${said.message}`}`);
    this.name = "HttpStatusError";
    this.status = response.status;
    this.headers = response.headers;
    this.code = said.code;
    this.dependency = dependency;
  }
}
