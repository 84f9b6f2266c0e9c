import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { SignalboxError } from "#core/error.ts";

/** What OWASP's cheat sheet on password storage gives for scrypt with 32 MiB a hash. */
const cost = { N: 32_768, r: 8, p: 3 };
const keyBytes = 32;
const saltBytes = 16;
/** Hashes under way at once, each of 32 MiB and some tenths of a second of a core; and how many more may wait. */
const mostAtOnce = 2;
const mostWaiting = 40;

/** A salted scrypt hash of a password as text, `scrypt$N$r$p$salt$key`. Throws `too_many_requests` when many are waiting. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await derive(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/**
 * Whether a password is the one that was hashed. With null (there is no such person) it takes as long and says no, so
 * that nothing can be learned of who there is. Throws `too_many_requests` when many are waiting.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [kind, N, r, p, salt, key] = (hash ?? "").split("$");
  if (kind !== "scrypt" || !N || !r || !p || !salt || !key) {
    await derive(password, Buffer.alloc(saltBytes), cost);
    return false;
  }
  const wanted = Buffer.from(key, "base64url");
  const found = await derive(password, Buffer.from(salt, "base64url"), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return found.length === wanted.length && timingSafeEqual(found, wanted);
}

let underWay = 0;
const waiting: (() => void)[] = [];

async function derive(password: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> {
  if (underWay >= mostAtOnce) {
    if (waiting.length >= mostWaiting)
      throw new SignalboxError(
        "too_many_requests",
        "Many sign in at this moment; try again in a few seconds.",
        {
          retryAfterMs: 5_000,
        },
      );
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else underWay++;
  try {
    const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
    return await new Promise((resolve, reject) =>
      // NFC, so that an é typed on another keyboard is the same é.
      scrypt(password.normalize("NFC"), salt, keyBytes, options, (error, key) =>
        error ? reject(error) : resolve(key),
      ),
    );
  } finally {
    const next = waiting.shift();
    if (next) next();
    else underWay--;
  }
}
