import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from '../../scripts/lib/files-below.ts'
import { projectPath } from '../../scripts/lib/project.ts'

/** A function and the first lines of what it is asked, where they are written down. */
const CALL = /\b(?:call|callGuarded|callGuardedOnce|send)\(\s*'(\w+)',\s*(?:withToken\()?(\{[^}]*\})?/g
/** The same, by the object of auth/calls/cloud.ts. */
const SHORTHAND = /\bcloud\.(login|logout|checkToken)\((\{[^}]*\})?/g
/** Other services of the cloud than functions. */
const SERVICE = /\bwx\.cloud\.(?!callFunction|init)(\w+)\(/g
/** What tells one question to a function from another. */
const QUESTION = /\b(?:action|scope): '(\w+)'|\b(sessionId|withoutPhone)\b/g

/** All that the source of the mini-program names to be asked of the cloud. */
export function namedCalls(): string[] {
  const folder = projectPath('miniprogram')
  const sources = filesBelow(folder)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
  const names = sources.flatMap((source) => [
    ...[...source.matchAll(CALL), ...source.matchAll(SHORTHAND)].flatMap(([, name = '', request = '']) => [
      name,
      ...[...request.matchAll(QUESTION)].map(([, value, field]) => `${name} ${value ?? field}`),
    ]),
    ...[...source.matchAll(SERVICE)].map(([, name = '']) => `wx.cloud.${name}`),
  ])
  return [...new Set(names)].sort()
}

/** The same names for one sent call. */
export function namesOf(name: string, data: Record<string, unknown>): string[] {
  const values = [data['action'], data['scope']].filter((value) => value !== undefined)
  const fields = ['sessionId', 'withoutPhone'].filter((field) => field in data)
  return [name, ...[...values, ...fields].map((question) => `${name} ${question}`)]
}
