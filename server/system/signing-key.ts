import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** An Ed25519 key. */
export interface SigningKey {
  /** The 32 bytes of the public key, base64url. */
  publicKey: string;
  /** The signature of a text, base64url. */
  sign(text: string): string;
}

/** Where the public part of a key stands, beside the private one. */
export function publicKeyFile(file: string): string {
  return `${file}.pub`;
}

/**
 * The key of a file, made at first use: the private one readable by its owner alone (0600, PEM), the public one beside
 * it (a line of base64url). Throws what the file system throws.
 */
export function openSigningKey(file: string): SigningKey {
  const privateKey = createPrivateKey(readOrMake(file));
  const publicKey = rawPublicKey(createPublicKey(privateKey));
  writeFileSync(publicKeyFile(file), `${publicKey}\n`, { mode: 0o644 });
  return {
    publicKey,
    sign: (text) => sign(null, Buffer.from(text, "utf8"), privateKey).toString("base64url"),
  };
}

/** Whether `signature` is that of `text` by the key; false for anything that is no key or no signature. */
export function verifySignature(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
    return verify(null, Buffer.from(text, "utf8"), key, Buffer.from(signature, "base64url"));
  } catch {
    return false;
  }
}

function readOrMake(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  mkdirSync(path.dirname(file), { recursive: true });
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ format: "pem", type: "pkcs8" }) as string;
  try {
    writeFileSync(file, pem, { mode: 0o600, flag: "wx" });
    return pem;
  } catch (error) {
    // Another process was quicker: the key is its.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return readFileSync(file, "utf8");
  }
}

function rawPublicKey(key: KeyObject): string {
  return key.export({ format: "jwk" }).x as string;
}
