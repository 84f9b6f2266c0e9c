import { Ajv2020 as Ajv, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { RE2JS } from "re2js";
import type { FieldError } from "#core/error.ts";

/** Compiled schemas kept in memory; the one unused longest goes first. */
const keptSchemas = 1_000;
/** Errors reported of one value. */
const maxErrors = 20;

/** Patterns of a schema come from outside: run in linear time. */
function linearRegExp(pattern: string) {
  const compiled = RE2JS.compile(pattern);
  // Ajv tells patterns apart by their text form.
  return { test: (text: string) => compiled.matcher(text).find(), toString: () => pattern };
}
linearRegExp.code = "linearRegExp";

function newAjv(): Ajv {
  // Own instance a schema: a schema's $id must never meet another's.
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateFormats: true,
    code: { regExp: linearRegExp as never },
  });
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  return ajv;
}

/** Why a JSON Schema cannot be used, or null when it can. */
export function brokenSchema(schema: unknown): string | null {
  try {
    newAjv().compile(schema as object | boolean);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : "the schema does not compile";
  }
}

/** Checks values against JSON Schemas (2020-12), compiling each schema once. */
export class SchemaValidator {
  readonly #kept: number;
  /** A catalogue that is read again has new objects of the same schemas, and compiling one takes milliseconds. */
  readonly #byText = new Map<string, ValidateFunction>();
  readonly #byObject = new WeakMap<object, ValidateFunction>();

  /** `kept`: compiled schemas remembered beyond the life of their objects. */
  constructor(kept = keptSchemas) {
    this.#kept = kept;
  }

  /** What is wrong with `value` under `schema`: places as JSON pointers; empty when all is well. At most 20. */
  check(schema: object | boolean, value: unknown): FieldError[] {
    if (schema === true) return [];
    const validate = this.#compile(schema === false ? { not: {} } : schema);
    if (validate(value)) return [];
    return (validate.errors ?? []).slice(0, maxErrors).map(describe);
  }

  #compile(schema: object): ValidateFunction {
    const known = this.#byObject.get(schema);
    if (known) return known;
    const text = JSON.stringify(schema);
    const validate = this.#byText.get(text) ?? newAjv().compile(schema);
    this.#byText.delete(text);
    const oldest = this.#byText.keys().next();
    if (this.#byText.size >= this.#kept && !oldest.done) this.#byText.delete(oldest.value);
    this.#byText.set(text, validate);
    this.#byObject.set(schema, validate);
    return validate;
  }
}

function describe(error: ErrorObject): FieldError {
  const missing = error.keyword === "required" ? `/${escapeStep(String(error.params.missingProperty))}` : "";
  const extra =
    error.keyword === "additionalProperties" ? `/${escapeStep(String(error.params.additionalProperty))}` : "";
  const allowed =
    error.keyword === "enum" ? `: ${(error.params.allowedValues as unknown[]).slice(0, 10).join(", ")}` : "";
  const message = missing
    ? "is required"
    : extra
      ? "is not a known property: remove it"
      : `${error.message ?? "is not valid"}${allowed}`;
  return { path: `${error.instancePath}${missing}${extra}`, message };
}

function escapeStep(step: string): string {
  return step.replaceAll("~", "~0").replaceAll("/", "~1");
}
