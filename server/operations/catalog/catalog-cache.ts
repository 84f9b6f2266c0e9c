import { type DefinitionSpec, definitionSchema } from "#core/definition/definition.ts";
import type { Queryable } from "#db/client.ts";
import { loadCatalog } from "#server/store/catalog/load-catalog.ts";
import { loadDefinitionVersion } from "#server/store/catalog/load-definition-version.ts";
import { readCatalogVersion } from "#server/store/catalog/read-catalog-version.ts";
import { type DatabaseClock, monotonicMs } from "#server/system/clock.ts";
import { Catalog, type CatalogDefinition } from "./catalog.ts";

/** How often the catalogue's version is asked for, ms: an edit acts within a second even when its NOTIFY is lost. */
const pollEveryMs = 1_000;
/** Old definition versions kept in memory; the oldest asked for goes first. */
const keptVersions = 1_000;

/** Keeps the newest {@link Catalog} in memory and the process's {@link DatabaseClock} right. */
export class CatalogCache {
  readonly #db: Queryable;
  readonly #clock: DatabaseClock;
  readonly #onError: (error: unknown) => void;
  readonly #versions = new Map<string, DefinitionSpec>();
  #catalog: Catalog | null = null;
  #loading: Promise<Catalog> | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Queryable, clock: DatabaseClock, onError: (error: unknown) => void) {
    this.#db = db;
    this.#clock = clock;
    this.#onError = onError;
  }

  /** Load and keep watching; rejects when the database cannot be reached now. */
  async start(): Promise<void> {
    await this.check();
    this.#timer = setInterval(() => void this.check().catch(this.#onError), pollEveryMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The newest snapshot; throws before {@link start}. */
  get current(): Catalog {
    if (this.#catalog === null) throw new Error("the catalogue is not loaded yet");
    return this.#catalog;
  }

  /** Ask for the version and reload when it moved. */
  async check(): Promise<void> {
    const sentAtMs = monotonicMs();
    const { version, databaseMs } = await readCatalogVersion(this.#db);
    this.#clock.sample(databaseMs, sentAtMs, monotonicMs());
    if (this.#catalog?.version !== version) await this.reload();
  }

  /** Read the catalogue again; concurrent calls share one read. */
  async reload(): Promise<Catalog> {
    this.#loading ??= loadCatalog(this.#db).then((rows) => new Catalog(rows));
    try {
      this.#catalog = await this.#loading;
      return this.#catalog;
    } finally {
      this.#loading = null;
    }
  }

  /** The spec a job was submitted with: a job runs and retries by the version it started with. */
  async specOf(definition: CatalogDefinition, version: number): Promise<DefinitionSpec> {
    if (version === definition.version) return definition.spec;
    const key = `${definition.id} ${version}`;
    const known = this.#versions.get(key);
    if (known) return known;
    const body = await loadDefinitionVersion(this.#db, definition.id, version);
    const spec = body === null ? definition.spec : definitionSchema.parse(body);
    const oldest = this.#versions.keys().next();
    if (this.#versions.size >= keptVersions && !oldest.done) this.#versions.delete(oldest.value);
    this.#versions.set(key, spec);
    return spec;
  }
}
