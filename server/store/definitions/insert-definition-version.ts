import type { DefinitionSpec } from "#core/definition/definition.ts";
import { priorityRank } from "#core/priority/priority-class.ts";
import type { Queryable } from "#db/client.ts";

export interface NewDefinitionVersion {
  name: string;
  version: number;
  spec: DefinitionSpec;
  createdBy: string;
}

/**
 * Write a version of a definition and make it the newest; its queue and its lane come to be with the first
 * definition that names them. The caller holds the catalogue's lock.
 */
export async function insertDefinitionVersion(
  transaction: Queryable,
  definition: NewDefinitionVersion,
): Promise<void> {
  const { name, version, spec, createdBy } = definition;
  await transaction.query({
    text: "insert into signalbox.queues (name) values ($1) on conflict (name) do nothing",
    values: [spec.queue],
  });
  await transaction.query({
    text: `with definition as (
        insert into signalbox.definitions (name, version) values ($1, $2)
        on conflict (name) do update set version = excluded.version returning id),
      queue as (select id from signalbox.queues where name = $3),
      written as (
        insert into signalbox.definition_versions (definition_id, version, queue_id, class, body, created_by)
        select definition.id, $2, queue.id, $4, $5, $6 from definition, queue)
      insert into signalbox.lanes (queue_id, definition_id)
      select queue.id, definition.id from definition, queue on conflict (queue_id, definition_id) do nothing`,
    values: [name, version, spec.queue, priorityRank(spec.priority), JSON.stringify(spec), createdBy],
  });
}
