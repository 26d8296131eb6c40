import type { Note } from './source.ts'

/**
 * A function that calls the method of a name on the instance. The method is looked up when it is called, since a behavior
 * may have it. One that does not exist is noted.
 * @param where what names the method, for the note
 */
export function methodByName(name: string, where: string, note: Note) {
  return function (this: Record<string, unknown>, ...parameters: unknown[]): unknown {
    const method = this[name]
    if (typeof method === 'function') return method.apply(this, parameters)
    note(`${where} 指的方法 ${name} 不存在`)
    return undefined
  }
}
