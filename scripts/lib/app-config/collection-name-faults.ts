import { LOGIN_COLLECTIONS } from '../../../cloudfunctions/shared/database/collection-names.ts'

/** A name that every tool of the platform takes: an address, a command, a security rule. */
const POSSIBLE = /^[A-Za-z][\w-]{0,63}$/

/**
 * Checks the names of collections in the app's configuration of the functions. Functions with two collections of one name
 * would write over each other's documents.
 * @param table `COLLECTION_NAMES`, as it was read
 * @param owned `OWNED_COLLECTIONS`, as it was read
 * @returns a line for each fault
 */
export function findCollectionNameFaults(table: unknown, owned: unknown): string[] {
  const names = Object.entries(table ?? {}) as [string, unknown][]
  const ownedNames = Object.values(owned ?? []) as unknown[]
  const all = [...names.map(([, name]) => name), ...ownedNames]
  const twice = new Set(all.filter((name, index) => all.indexOf(name) !== index))
  const known: readonly string[] = LOGIN_COLLECTIONS
  return [
    ...names
      .filter(([key]) => !known.includes(key))
      .map(
        ([key]) =>
          `COLLECTION_NAMES.${key}: 登录没有这个集合 · the login has no such collection: ${known.join(', ')}`,
      ),
    ...known
      .filter((key) => !names.some(([name]) => name === key))
      .map((key) => `COLLECTION_NAMES.${key}: 缺少 · is missing`),
    ...names
      .filter(([, name]) => !isPossible(name))
      .map(([key, name]) => impossible(`COLLECTION_NAMES.${key}`, name)),
    ...ownedNames.filter((name) => !isPossible(name)).map((name) => impossible('OWNED_COLLECTIONS', name)),
    ...[...twice].map(
      (name) => `"${name}" 用了两次，每个集合要有自己的名字 · is there twice: each collection needs its own`,
    ),
    ...ownedNames
      .filter((name) => typeof name === 'string' && known.includes(name) && !twice.has(name))
      .map(
        (name) =>
          `OWNED_COLLECTIONS "${name}": 登录的云函数用这个名字称呼自己的集合 · the functions call a collection of the login by this name`,
      ),
  ]
}

function isPossible(name: unknown): boolean {
  return typeof name === 'string' && POSSIBLE.test(name)
}

function impossible(where: string, name: unknown): string {
  return `${where} ${JSON.stringify(name)}: 不能作集合名：以字母开头，只用字母、数字、_ 和 -，最多 64 个 · no name of a collection: a letter, then letters, digits, _ and -, at most 64 in all`
}
