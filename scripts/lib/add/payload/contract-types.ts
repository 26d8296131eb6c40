import { posix } from 'node:path'
import type { Files } from './payload.ts'

/** `contract/app/functions.ts` of an app that takes the login in: it has no functions of this contract yet. */
const NO_APP_FUNCTIONS = `import type { Exchange } from '../exchange'

/**
 * The app's own cloud functions that \`callGuarded\` calls, each by its name:
 * \`orders: Exchange<{ action: 'list' }, { orders: string[] }>\`
 */
// biome-ignore lint/suspicious/noEmptyInterface: the app fills it
export interface AppFunctions {}

export type { Exchange }
`

const CONTRACT = /(from ')((?:\.\.\/)+contract\/[^']+)(')/g

/**
 * The contract as declarations below \`auth/\`: WeChat packs no \`.d.ts\`, and nothing outside the mini-program's folder is
 * needed.
 * @param contract files of `contract/` by path from there
 * @returns by path from the mini-program's root
 */
export function contractTypes(contract: Files): Files {
  return Object.fromEntries(
    Object.entries(contract).map(([path, text]) => [`auth/contract/${path.replace(/\.ts$/, '.d.ts')}`, text]),
  )
}

/** The contract of an app that has none of the example's functions. */
export function withoutExample(contract: Files): Files {
  const login = Object.entries(contract).filter(([path]) => !path.startsWith('app/'))
  return { ...Object.fromEntries(login), 'app/functions.ts': NO_APP_FUNCTIONS }
}

/** Lets a source of `miniprogram/` import the contract from where `contractTypes` puts it. */
export function importContract(path: string, text: string): string {
  return text.replaceAll(CONTRACT, (_all, start: string, target: string, end: string) => {
    const name = target.replace(/^(\.\.\/)+contract\//, '')
    const relative = posix.relative(posix.dirname(path), `auth/contract/${name}`)
    return start + (relative.startsWith('.') ? relative : `./${relative}`) + end
  })
}
