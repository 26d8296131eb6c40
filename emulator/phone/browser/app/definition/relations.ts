import { type Definition, isRecord, type Note, recordOf } from './source.ts'

const TYPES: readonly unknown[] = [
  'parent',
  'child',
  'ancestor',
  'descendant',
  'parent-common-node',
  'child-common-node',
]
const CALLBACKS = ['linked', 'linkChanged', 'unlinked', 'linkFailed']

/** `relations` of a definition: the target of a relation may be a behavior that `Behavior` returned. */
export function normalizeRelations(source: unknown, note: Note): Definition {
  const relations: Definition = {}
  for (const [path, relation] of Object.entries(recordOf(source))) {
    if (!isRecord(relation) || !TYPES.includes(relation['type'])) {
      note(`relations['${path}'].type 应为 ${TYPES.join('、')} 之一`)
      continue
    }
    const { type, target } = relation
    const callbacks = CALLBACKS.flatMap((name) => {
      const callback = relation[name]
      return typeof callback === 'function' ? [[name, callback] as const] : []
    })
    relations[path] = {
      type,
      // The adapter unwraps targets in its chained form only.
      ...(isRecord(target) ? { target: target['_$'] } : target === undefined ? {} : { target }),
      ...Object.fromEntries(callbacks),
    }
  }
  return relations
}
